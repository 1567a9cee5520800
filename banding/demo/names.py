"""Names to mix for invented pupils."""

FORENAMES = (  # noqa: SIM905
    "Aaliyah Abdul Ada Aidan Alina Amara Anton Arlo Asha Beatrix Ben Bianca Caleb Carys Cian "
    "Dalia Daniel Delilah Eddie Elif Elsie Emeka Esme Ezra Faith Femi Finn Freya Gabriel Gwen "
    "Hamza Harper Ibrahim Imogen Iona Isaac Jaya Jonah Kamil Keira Khadija Kofi Lacey Leo Lila "
    "Luca Mabel Malik Marta Milo Nadia Nia Noah Oskar Otis Paige Petra Priya Ravi Reuben Rosa "
    "Samir Saoirse Seren Silas Sofia Tariq Tess Theo Uma Vera Wiktor Yasmin Yusuf Zara Zofia"
).split()
SURNAMES = (  # noqa: SIM905
    "Abara Adeyemi Ashby Bakewell Barlow Begum Bialek Blackwood Boateng Bramley Brennan Calder "
    "Chandra Clegg Coombes Copeland Cowell Dabrowski Dawes Desai Driscoll Easton Ekwueme Farooq "
    "Fairbrother Fielding Garside Gilroy Goddard Greenhalgh Haddad Halloran Hartnell Hewitt "
    "Holloway Hussain Ibe Iqbal Jacobs Jarvis Kamara Kaur Kendrick Kowal Lambert Langley Lowe "
    "Malone Marsden Mbeki Mistry Moreau Nowak Nwosu Oakes Osei Pemberton Petrov Pickering Quinn "
    "Rahman Redfern Rowntree Sadiq Sharma Shelton Silva Stanhope Swift Tanner Thackeray Tomlin "
    "Underhill Varga Wainwright Weston Whitlock Yates Yilmaz Zielinski"
).split()
