package org.actsandbox.merchants.train.timetable;

import org.actsandbox.protocol.commerce.Text;

/**
 * Represents a railway station.
 *
 * @param index numbers from 0 without gaps, because stations are array indexes in the timetable
 * @param code the unique code of three letters
 * @param city the city that it serves; a need that names the city means any of its stations
 */
public record Station(int index, String code, Text name, Text city) {}
