"""Treasury of an enterprise over 36 months: a plan of flows, two engines, levers, uncertainty, search.

Money is in integer cents, rates in basis points (1 % = 100), parts drawn at random in millionths: both
engines
do the same integer arithmetic, so that they agree to the cent.
"""
