"""A bare page as anybody would write it on the first day: one list, one chart, one table.

The yardstick of `benchmarks.load`, run with Streamlit's own command and its own settings.
"""

import pandas as pd
import plotly.express as px
import streamlit as st

YEARS = [2012, 2016, 2020, 2022, 2024]
PLACES = [f"Gemeente {number}" for number in range(1, 41)]

place = st.selectbox("Gemeente", PLACES)
level = 40 + PLACES.index(place) / 4
figures = pd.DataFrame(
    [
        {"jaar": year, "leeftijd": age, "procent": level + number + 2 * older}
        for number, year in enumerate(YEARS)
        for older, age in enumerate(["18-64", "65+", "18+"])
    ]
)
st.title(f"Eenzaamheid in {place}")
st.plotly_chart(px.line(figures, x="jaar", y="procent", color="leeftijd", markers=True))
st.dataframe(figures)
