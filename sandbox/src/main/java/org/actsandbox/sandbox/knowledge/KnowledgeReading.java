package org.actsandbox.sandbox.knowledge;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.actsandbox.merchants.Roster;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.journal.JournalQuery;
import org.actsandbox.sandbox.journal.JournalStore;
import org.actsandbox.sandbox.journal.Story;
import org.actsandbox.sandbox.psp.Psp;
import org.actsandbox.sandbox.psp.ledger.Accounts;
import org.actsandbox.sandbox.world.PrincipalSettings;
import org.actsandbox.sandbox.world.World;

/** Reads a world's journal, or what of it belongs to one purchase, for {@link Observation}. */
public final class KnowledgeReading {

  /** Ours: what one answer looks at; it says so when there was more. */
  static final int MOST_ENTRIES = 20_000;

  static final int MOST_OF_A_PURCHASE = 3_000;
  private final World world;
  private final JournalStore journal;
  private final Holdings holdings;

  public KnowledgeReading(World world, Holdings holdings) {
    this.world = world;
    this.holdings = holdings;
    this.journal = world.journalStore();
  }

  /** All of the journal, and what participants keep in their tables. */
  public Knowledge all() {
    var observation = observation();
    long last = journal.lastSeq();
    long after = 0;
    int read = 0;
    while (after < last && read < MOST_ENTRIES) {
      var page = journal.page(JournalQuery.after(after, JournalQuery.MAX_LIMIT));
      page.items().forEach(observation::see);
      read += page.items().size();
      after = page.lookedUpTo();
    }
    holdings.read(world, observation::kept);
    return observation.result(after >= last, this::name);
  }

  /**
   * The entries with the id, and those with any id that ties them to it.
   *
   * @throws Refusal {@code not_found} when the journal has none
   */
  public Knowledge of(String idName, String value) {
    var story = Story.of(journal, idName, value, MOST_OF_A_PURCHASE);
    if (story.entries().isEmpty()) {
      throw new Refusal(Problem.NOT_FOUND, "the journal has no entry about it")
          .at(idName)
          .observed(value);
    }
    var observation = observation();
    story.entries().forEach(observation::see);
    return observation.result(story.complete(), this::name);
  }

  /** Already looks for what the world's participants keep for the principal. */
  private Observation observation() {
    var observation = new Observation(Parties.of(world.principals()));
    var psp = World.PSP.value();
    world.settings().principals().forEach(each -> has(observation, each));
    for (var instrument : world.part(Psp.class).instruments().newest(null, null, null).items()) {
      var known = Known.of(Datum.INSTRUMENT, Known.Match.TOKEN, instrument.ref());
      observation.has(known, psp);
      observation.belongs(known, instrument.principal().value());
    }
    for (var account : world.part(Psp.class).ledger().all()) {
      var number = account.accountNo();
      if (isPrincipals(number)) {
        for (var field : Set.of("account", "account_no", "account_number", "payer_account")) {
          // Shown by its kind, also to its owner; the number is for the books alone.
          for (var name : new TreeSet<>(List.of(number, Accounts.kind(number)))) {
            var known = Known.of(Datum.ACCOUNT, Known.Match.FIELD, field + "=" + name);
            observation.has(known, psp);
            observation.has(known, owner(number));
          }
        }
        observation.has(balance(account.decimal()), psp);
        observation.has(balance(account.decimal()), owner(number));
      }
    }
    return observation;
  }

  /** What a principal has to begin with. */
  private static void has(Observation observation, PrincipalSettings principal) {
    var you = principal.did().value();
    observation.has(
        Known.of(Datum.ADDRESS, Known.Match.PHRASE, principal.shipTo().split(",", 2)[0]), you);
    observation.has(Known.of(Datum.PIN, Known.Match.TOKEN, World.OPENING_PIN), you);
    for (var amount : List.of(principal.balance(), principal.cardLimit())) {
      var balance = balance(amount.toPlainString());
      observation.has(balance, World.PSP.value());
      observation.has(balance, you);
    }
  }

  private static Known balance(String decimal) {
    return Known.of(Datum.BALANCE, Known.Match.NUMBER, decimal);
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
    return Roster.all().stream()
        .filter(merchant -> merchant.did().value().equals(did))
        .findFirst()
        .map(merchant -> merchant.name())
        .orElse(Text.same(did.replace("did:act:", "")));
  }
}
