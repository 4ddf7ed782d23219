package org.actsandbox.web.console.decoder;

import java.net.URI;
import org.actsandbox.protocol.identity.KeyDirectory;
import org.actsandbox.sandbox.journal.JournalStore;
import org.actsandbox.sandbox.share.JournalSnapshot;
import org.actsandbox.sandbox.world.World;

/**
 * Provides journal entries and the keys to verify them, from a world or from a stored copy of one.
 *
 * @param base address of the world in which the entries were written
 */
public record EntrySource(JournalStore journal, KeyDirectory keys, URI base) {

  public static EntrySource of(World world) {
    return new EntrySource(world.journalStore(), world.pastDirectory(), world.base());
  }

  public static EntrySource of(JournalSnapshot journalSnapshot) {
    return new EntrySource(journalSnapshot, journalSnapshot.keys(), journalSnapshot.base());
  }
}
