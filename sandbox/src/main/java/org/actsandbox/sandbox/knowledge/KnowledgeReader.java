package org.actsandbox.sandbox.knowledge;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.actsandbox.merchants.MerchantProfile;
import org.actsandbox.merchants.MerchantRoster;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.external.ExternalMerchant;
import org.actsandbox.sandbox.journal.JournalStore;
import org.actsandbox.sandbox.journal.RelatedEntries;
import org.actsandbox.sandbox.psp.endpoint.Psp;
import org.actsandbox.sandbox.psp.ledger.AccountNumbers;
import org.actsandbox.sandbox.world.PrincipalSettings;
import org.actsandbox.sandbox.world.World;

/** Reads a world's journal, or the entries of one purchase, for {@link KnowledgeTracker}. */
public final class KnowledgeReader {

  /** Ours: limit of entries for one answer; the answer says when there were more. */
  static final int MAX_ENTRIES = 20_000;

  static final int MAX_PURCHASE_ENTRIES = 3_000;
  private final World world;
  private final JournalStore journal;
  private final StoredParticipantTexts storedParticipantTexts;
  private final KnowledgeMemory knowledgeMemory;

  KnowledgeReader(
      World world, StoredParticipantTexts storedParticipantTexts, KnowledgeMemory knowledgeMemory) {
    this.world = world;
    this.storedParticipantTexts = storedParticipantTexts;
    this.knowledgeMemory = knowledgeMemory;
    this.journal = world.journalStore();
  }

  /** Tells whether nothing changed since the world was read last, so that it is read at once. */
  public boolean isRead() {
    return knowledgeMemory
        .remembered(world)
        .isRead(journal.lastSeq(), storedParticipantTexts.lastModification());
  }

  /** Reads what is new in the journal and, if they changed, in the participants' tables. */
  public Knowledge all() {
    return knowledgeMemory
        .remembered(world)
        .read(
            journal,
            this::addProperty,
            storedParticipantTexts::lastModification,
            knowledgeTracker -> storedParticipantTexts.read(world, knowledgeTracker::observeStored),
            this::name);
  }

  /**
   * Reads the entries with the id, and those with any id that links them to it.
   *
   * @throws Refusal {@code not_found} when the journal has none
   */
  public Knowledge of(String idName, String value) {
    var relatedEntries = RelatedEntries.of(journal, idName, value, MAX_PURCHASE_ENTRIES);
    if (relatedEntries.entries().isEmpty()) {
      throw new Refusal(Problem.NOT_FOUND, "the journal has no entry about it")
          .at(idName)
          .observed(value);
    }
    var knowledgeTracker =
        new KnowledgeTracker(ParticipantKinds.of(world.principals(), world.externalMerchants()));
    addProperty(knowledgeTracker);
    relatedEntries.entries().forEach(knowledgeTracker::observe);
    return knowledgeTracker.result(relatedEntries.complete(), this::name);
  }

  /** Adds the values that the world's participants keep for the principals. */
  private void addProperty(KnowledgeTracker knowledgeTracker) {
    var psp = World.PSP.value();
    world.settings().principals().forEach(each -> addPropertyOf(knowledgeTracker, each));
    for (var instrument :
        world.participant(Psp.class).instruments().newest(null, null, null).items()) {
      var knownValue = KnownValue.of(Datum.INSTRUMENT, KnownValue.Match.TOKEN, instrument.ref());
      knowledgeTracker.addKnown(knownValue, psp);
      knowledgeTracker.addOwned(knownValue, instrument.principal().value());
    }
    for (var account : world.participant(Psp.class).ledger().all()) {
      var number = account.accountNo();
      if (isPrincipals(number)) {
        for (var field : Set.of("account", "account_no", "account_number", "payer_account")) {
          // The owner sees the account by its kind, too; the number is used in the ledger only.
          for (var name : new TreeSet<>(List.of(number, AccountNumbers.kind(number)))) {
            var knownValue =
                KnownValue.of(Datum.ACCOUNT, KnownValue.Match.FIELD, field + "=" + name);
            knowledgeTracker.addKnown(knownValue, psp);
            knowledgeTracker.addKnown(knownValue, owner(number));
          }
        }
        knowledgeTracker.addKnown(balance(account.decimal()), psp);
        knowledgeTracker.addKnown(balance(account.decimal()), owner(number));
      }
    }
  }

  /** Adds the values that a principal has from the beginning. */
  private static void addPropertyOf(
      KnowledgeTracker knowledgeTracker, PrincipalSettings principal) {
    var did = principal.did().value();
    knowledgeTracker.addKnown(
        KnownValue.of(Datum.ADDRESS, KnownValue.Match.PHRASE, principal.shipTo().split(",", 2)[0]),
        did);
    knowledgeTracker.addKnown(
        KnownValue.of(Datum.PIN, KnownValue.Match.TOKEN, World.OPENING_PIN), did);
    for (var amount : List.of(principal.balance(), principal.cardLimit())) {
      var balance = balance(amount.toPlainString());
      knowledgeTracker.addKnown(balance, World.PSP.value());
      knowledgeTracker.addKnown(balance, did);
    }
  }

  private static KnownValue balance(String decimal) {
    return KnownValue.of(Datum.BALANCE, KnownValue.Match.NUMBER, decimal);
  }

  private static String owner(String account) {
    int name = account.indexOf(':');
    return name < 0 ? World.PRINCIPAL.value() : Did.of(account.substring(name + 1)).value();
  }

  private static boolean isPrincipals(String account) {
    return !account.startsWith("merchant:")
        && !account.startsWith("agent:")
        && !account.equals("outside");
  }

  private Text name(String did) {
    return MerchantRoster.all().stream()
        .filter(merchant -> merchant.did().value().equals(did))
        .map(MerchantProfile::name)
        .findFirst()
        .or(() -> externalName(did))
        .orElse(Text.untranslated(did.replace("did:act:", "")));
  }

  private Optional<Text> externalName(String did) {
    return world.externalMerchants().all().stream()
        .filter(merchant -> merchant.did().value().equals(did))
        .map(ExternalMerchant::name)
        .findFirst();
  }
}
