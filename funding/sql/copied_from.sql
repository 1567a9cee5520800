-- What a line keeps of its school, pupil and band as they are called now (rules.md F7): the columns
-- of `funding.sql.COPIED` but the sector, which the line's own day says.
JOIN (
    SELECT id AS at_school, urn, name AS school_name, type_name AS school_type, type_code,
           type_group_code, phase, payee_reference AS payee,
           CASE WHEN establishment_number <> '' THEN la_code || '/' || establishment_number
                ELSE '' END AS la_number
    FROM schools_school
) school_copy ON school_copy.at_school = school_id
LEFT JOIN (
    SELECT id AS of_pupil, reference, upn FROM schools_pupil
) pupil_copy ON pupil_copy.of_pupil = pupil_id
LEFT JOIN (
    SELECT band.id AS on_band, band.code AS band_code, band.name AS band_name,
           framework.code AS framework_code
    FROM banding_band band
    JOIN banding_framework framework ON framework.id = band.framework_id
) band_copy ON band_copy.on_band = band_id
