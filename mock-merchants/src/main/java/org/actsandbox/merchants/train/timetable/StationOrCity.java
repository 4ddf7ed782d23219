package org.actsandbox.merchants.train.timetable;

import java.util.List;
import org.actsandbox.protocol.commerce.Text;

/** Represents what a traveller names: one station, or a city with all its stations. */
public record StationOrCity(Text name, List<Station> stations) {}
