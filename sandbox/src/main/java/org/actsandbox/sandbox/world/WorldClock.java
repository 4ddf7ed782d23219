package org.actsandbox.sandbox.world;

import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import org.actsandbox.protocol.time.Agenda;

/** The time of one world: the machine's, shifted, or standing still. */
public abstract class WorldClock extends Clock {

  /** How a world's time relates to the machine's. */
  public enum Mode {
    REAL,
    OFFSET,
    STOPPED
  }

  public abstract Mode mode();

  /** Where participants say that something will fall due. */
  public abstract Agenda agenda();

  @Override
  public Clock withZone(ZoneId zone) {
    InstantSource source = () -> instant();
    return source.withZone(zone);
  }

  @Override
  public abstract Instant instant();
}
