package org.actsandbox.sandbox.world;

import java.util.List;
import org.actsandbox.protocol.time.DueWork;

/**
 * How a participant plugs into every world: a bean per kind of participant. Opened on first use,
 * once per loaded world, closed when the world is unloaded, reset or deleted.
 *
 * <p>Tables of participants need no announcement: whatever has a {@code world} column is emptied
 * with its world.
 */
public interface ParticipantFactory<P> {

  /** The type controllers take as argument and {@link World#participant} looks up. */
  Class<P> type();

  /** Cheap: static data is shared, stores are bound to {@link World#partition()}. */
  P open(World world);

  /** What falls due in this participant; asked once after opening. */
  default List<DueWork> dueWork(P participant) {
    return List.of();
  }

  /** Likewise, for participants with a clock of their own. */
  default List<DueWork> dueWork(World world, P participant) {
    return dueWork(participant);
  }

  /** Stops what runs for the participant; nothing stored is lost. */
  default void close(P participant) {}
}
