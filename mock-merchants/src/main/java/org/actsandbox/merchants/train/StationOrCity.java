package org.actsandbox.merchants.train;

import java.util.List;
import org.actsandbox.protocol.commerce.Text;

/** Represents what a traveller names: one station, or a city with all its stations. */
record StationOrCity(Text name, List<Station> stations) {}
