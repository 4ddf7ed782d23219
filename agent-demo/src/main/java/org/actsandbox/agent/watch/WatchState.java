package org.actsandbox.agent.watch;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** How far a watch is; stored before every step that has an effect. */
public enum WatchState {
  /** The principal is asked for authority. */
  ASKED,
  /** Authority is there; the condition is looked for, or the next payment of the plan awaited. */
  WATCHING,
  /** A turn of the conversation is buying. */
  BUYING,
  /** Something needs the principal (CID-7): nothing is bought until told to go on. */
  PAUSED,
  /** Everything was bought. */
  DONE,
  /** Over without it, or without all of it. */
  ENDED;

  @JsonValue
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  @JsonCreator
  static WatchState ofCode(String code) {
    return valueOf(code.toUpperCase(Locale.ROOT));
  }

  /** The whole lifecycle: a move not listed here is a bug. */
  public Set<WatchState> successors() {
    return switch (this) {
      case ASKED -> EnumSet.of(ASKED, WATCHING, ENDED);
      case WATCHING -> EnumSet.of(WATCHING, BUYING, PAUSED, ENDED);
      case BUYING -> EnumSet.of(BUYING, WATCHING, PAUSED, DONE, ENDED);
      case PAUSED -> EnumSet.of(WATCHING, ENDED);
      case DONE, ENDED -> EnumSet.noneOf(WatchState.class);
    };
  }

  public boolean isFinal() {
    return successors().isEmpty();
  }
}
