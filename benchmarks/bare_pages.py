"""Two bare pages with a list, a chart and a table each: the yardstick of `benchmarks.paint`.

As anybody would write them on the first day, run with Streamlit's own command and settings.
"""

import pandas as pd
import plotly.express as px
import streamlit as st

YEARS = [2012, 2016, 2020, 2022, 2024]
PLACES = [f"Gemeente {number}" for number in range(1, 41)]


def show(subject: str, start: float) -> None:
    place = st.selectbox("Gemeente", PLACES)
    level = start + PLACES.index(place) / 4
    figures = pd.DataFrame(
        [
            {"jaar": year, "leeftijd": age, "procent": level + number + 2 * older}
            for number, year in enumerate(YEARS)
            for older, age in enumerate(["18-64", "65+", "18+"])
        ]
    )
    st.title(f"{subject} in {place}")
    st.plotly_chart(px.line(figures, x="jaar", y="procent", color="leeftijd", markers=True))
    st.dataframe(figures)


def first() -> None:
    show("Eenzaamheid", 40)


def second() -> None:
    show("Zorgen", 20)


st.navigation([st.Page(first, title="Eerste", default=True), st.Page(second, title="Tweede")]).run()
