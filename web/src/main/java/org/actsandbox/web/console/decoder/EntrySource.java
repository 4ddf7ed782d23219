package org.actsandbox.web.console.decoder;

import java.net.URI;
import org.actsandbox.protocol.identity.KeyDirectory;
import org.actsandbox.sandbox.journal.JournalStore;
import org.actsandbox.sandbox.share.JournalSnapshot;
import org.actsandbox.sandbox.world.World;

/**
 * Where entries come from, and what is needed to read them: a world, or what was copied of one.
 *
 * @param base address of the world they are from
 */
public record EntrySource(JournalStore journal, KeyDirectory keys, URI base) {

  public static EntrySource of(World world) {
    return new EntrySource(world.journalStore(), world.pastDirectory(), world.base());
  }

  public static EntrySource of(JournalSnapshot journalSnapshot) {
    return new EntrySource(journalSnapshot, journalSnapshot.keys(), journalSnapshot.base());
  }
}
