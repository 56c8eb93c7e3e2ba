"""The least that Streamlit can show: the yardstick for the landing page in `benchmarks.paint`."""

import streamlit as st

st.title("Eenzaamheid")
