package org.actsandbox.merchants.train;

import org.actsandbox.protocol.commerce.Text;

/**
 * A railway station.
 *
 * @param index dense, from 0: stations are array indexes in the timetable
 * @param code three letters, unique
 * @param city the city it serves; a wish for the city means any of its stations
 */
record Station(int index, String code, Text name, Text city) {}
