package org.actsandbox.web.console.decoder;

import java.net.URI;
import java.util.List;
import java.util.function.Function;
import org.actsandbox.protocol.identity.KeyDirectory;
import org.actsandbox.sandbox.doctor.alipay.AlipayParties;
import org.actsandbox.sandbox.doctor.diagnosis.KnownKey;
import org.actsandbox.sandbox.doctor.world.WorldDoctors;
import org.actsandbox.sandbox.journal.JournalEntry;
import org.actsandbox.sandbox.journal.JournalStore;
import org.actsandbox.sandbox.share.JournalSnapshot;
import org.actsandbox.sandbox.world.World;

/**
 * Provides journal entries and the keys to verify them, from a world or from a stored copy of one.
 *
 * @param knownKeys all of these keys, to find the one that made a wrong signature
 * @param alipay returns the applications of Alipay's gateway as they were at an entry
 * @param base address of the world in which the entries were written
 */
public record EntrySource(
    JournalStore journal,
    KeyDirectory keys,
    List<KnownKey> knownKeys,
    Function<JournalEntry, AlipayParties> alipay,
    URI base) {

  public EntrySource {
    knownKeys = List.copyOf(knownKeys);
  }

  public static EntrySource of(World world, WorldDoctors doctors) {
    return new EntrySource(
        world.journalStore(),
        world.pastDirectory(),
        WorldDoctors.keys(world),
        entry -> doctors.alipay(world, entry.at(), entry.seq()),
        world.base());
  }

  public static EntrySource of(JournalSnapshot journalSnapshot) {
    return new EntrySource(
        journalSnapshot,
        journalSnapshot.keys(),
        journalSnapshot.keys().keys().values().stream().map(KnownKey::of).toList(),
        _ -> AlipayParties.of(List.of(), null),
        journalSnapshot.base());
  }
}
