package org.actsandbox.web.console.decoder;

import java.net.URI;
import java.util.List;
import org.actsandbox.protocol.identity.KeyDirectory;
import org.actsandbox.sandbox.doctor.diagnosis.KnownKey;
import org.actsandbox.sandbox.doctor.world.WorldDoctors;
import org.actsandbox.sandbox.journal.JournalStore;
import org.actsandbox.sandbox.share.JournalSnapshot;
import org.actsandbox.sandbox.world.World;

/**
 * Provides journal entries and the keys to verify them, from a world or from a stored copy of one.
 *
 * @param knownKeys all of these keys, to find the one that made a wrong signature
 * @param base address of the world in which the entries were written
 */
public record EntrySource(
    JournalStore journal, KeyDirectory keys, List<KnownKey> knownKeys, URI base) {

  public EntrySource {
    knownKeys = List.copyOf(knownKeys);
  }

  public static EntrySource of(World world) {
    return new EntrySource(
        world.journalStore(), world.pastDirectory(), WorldDoctors.keys(world), world.base());
  }

  public static EntrySource of(JournalSnapshot journalSnapshot) {
    return new EntrySource(
        journalSnapshot,
        journalSnapshot.keys(),
        journalSnapshot.keys().keys().values().stream().map(KnownKey::of).toList(),
        journalSnapshot.base());
  }
}
