package org.actsandbox.sandbox.psp.instrument;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.actsandbox.protocol.commerce.Page;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.money.Money;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.rule.ActComponent;
import org.actsandbox.sandbox.psp.Cursor;
import org.actsandbox.sandbox.psp.Fields;
import org.actsandbox.sandbox.psp.PspWorld;
import org.actsandbox.sandbox.psp.instrument.Instrument.Status;
import org.actsandbox.sandbox.psp.ledger.Accounts;
import org.actsandbox.sandbox.psp.ledger.Ledger;
import org.actsandbox.sandbox.psp.ledger.Transfer;
import org.jspecify.annotations.Nullable;

/** Binding and life of payment instruments (ACT PSD-1). */
public final class Instruments implements InstrumentBook {

  private static final String CARD_DIGITS = "8810";
  private static final ActComponent COMPONENT = ActComponent.PSD_PMT_BND;

  /** Agents pay with the newest instrument that can: the balance, in every world. */
  private static final Duration JUST_BEFORE = Duration.ofMillis(1);

  private final PspWorld world;
  private final InstrumentStore store;
  private final Pins pins;
  private final Ledger ledger;

  public Instruments(PspWorld world, Pins pins, Ledger ledger) {
    this.world = world;
    this.store = new InstrumentStore(world);
    this.pins = pins;
    this.ledger = ledger;
  }

  /**
   * @param account balance | card
   * @param limitPerPayment decimal string; absent for none
   * @param cardNumber for a card: one of the sandbox's own numbers, see {@link TestCard}
   */
  public record Binding(
      String agentId,
      String account,
      @Nullable String limitPerPayment,
      @Nullable Instant validUntil,
      @Nullable String cardNumber,
      String pin) {

    @Override
    public String toString() {
      return "Binding[agentId=%s, account=%s]".formatted(agentId, account);
    }
  }

  /** Gives each principal its accounts, PIN and two bound instruments, once per world. */
  public void open() {
    world.principals().dids().forEach(this::open);
  }

  private void open(Did principal) {
    if (pins.isOpen(principal)) {
      return;
    }
    world
        .transactions()
        .executeWithoutResult(
            _ -> {
              var opening = world.opening().apply(principal);
              if (pins.open(principal, opening.pin())) {
                fund(Accounts.of(principal, Accounts.BALANCE), opening.balance());
                fund(Accounts.of(principal, Accounts.CARD), opening.cardLimit());
                var now = world.now();
                var card = new Wished(principal, Accounts.CARD, world.agent(), null, null);
                var balance = new Wished(principal, Accounts.BALANCE, world.agent(), null, null);
                store.add(bound(card, now.minus(JUST_BEFORE)));
                store.add(bound(balance, now));
              }
            });
  }

  /**
   * Binds one of the principal's accounts to an agent after PIN and consent.
   *
   * @throws Refusal {@code binding_failed}, {@code pin_wrong}, {@code pin_locked}; none leaves a
   *     usable reference
   */
  public Instrument bind(Did principal, Binding wish) {
    var agent = Fields.did("agent_id", wish.agentId());
    requireAgent(agent);
    if (!wish.account().equals(Accounts.BALANCE) && !wish.account().equals(Accounts.CARD)) {
      throw Fields.invalid("account", "balance or card", wish.account());
    }
    var limit =
        wish.limitPerPayment() == null
            ? null
            : Fields.money(
                "limit_per_payment",
                wish.limitPerPayment(),
                world.currency(principal).getCurrencyCode());
    if (wish.validUntil() != null && !wish.validUntil().isAfter(world.now())) {
      throw new Refusal(Problem.BINDING_FAILED, "the validity is over already")
          .at("valid_until")
          .expected("after " + world.now());
    }
    var card = card(wish);
    pins.require(principal, wish.pin(), "bind " + wish.account() + " to " + agent);
    var plain =
        bound(new Wished(principal, wish.account(), agent, limit, wish.validUntil()), boundAt());
    var bound = card.map(each -> with(each, plain, world.now())).orElse(plain);
    ledger.open(bound.account(), bound.currency());
    store.add(bound);
    note("instrument-bound", bound);
    return bound;
  }

  /**
   * @throws Refusal {@code instrument_invalid} if there is none
   */
  @Override
  public Instrument get(String ref) {
    return store
        .find(Fields.text("instrument_ref", ref, 64))
        .orElseThrow(() -> Instrument.unknown(ref));
  }

  @Override
  public Instrument lock(String ref) {
    return store
        .lock(Fields.text("instrument_ref", ref, 64))
        .orElseThrow(() -> Instrument.unknown(ref));
  }

  /**
   * Newest first.
   *
   * @param principal whose; null for all
   * @param agent bound to it alone; null for all
   */
  public Page<Instrument> newest(
      @Nullable Did principal, @Nullable Did agent, @Nullable String cursor) {
    return Cursor.page(
        store.newest(principal, agent, Cursor.parse(cursor)),
        instrument -> new Cursor(instrument.boundAt(), instrument.ref()),
        instrument -> instrument);
  }

  public Instrument freeze(Did principal, String ref) {
    return move(principal, ref, Status.FROZEN, List.of(Status.ACTIVE));
  }

  public Instrument unfreeze(Did principal, String ref) {
    return move(principal, ref, Status.ACTIVE, List.of(Status.FROZEN));
  }

  /** For good. */
  public Instrument cancel(Did principal, String ref) {
    return move(principal, ref, Status.CANCELLED, List.of(Status.ACTIVE, Status.FROZEN));
  }

  /** Twice is once: a repeat after a lost answer finds what it wanted. */
  private Instrument move(Did principal, String ref, Status to, List<Status> from) {
    var before = get(ref);
    if (!before.principal().equals(principal)) {
      throw Instrument.unknown(ref);
    }
    boolean moved = store.move(ref, to, from);
    var after = get(ref);
    if (moved) {
      note("instrument-" + to.name().toLowerCase(Locale.ROOT), after);
    } else if (after.status() != to) {
      throw new Refusal(
              Problem.ILLEGAL_TRANSITION,
              "an instrument that is %s does not become %s".formatted(before.status(), to))
          .at("ref");
    }
    return after;
  }

  private void requireAgent(Did agent) {
    boolean known = world.keys().find(agent.key(1)).isPresent();
    boolean other =
        agent.equals(world.did())
            || world.principals().has(agent)
            || world.payees().apply(agent).isPresent();
    if (!known || other) {
      throw new Refusal(Problem.BINDING_FAILED, "there is no such agent")
          .at("agent_id")
          .observed(agent.value());
    }
  }

  private void fund(String account, Money amount) {
    ledger.open(Accounts.OUTSIDE, amount.currency());
    ledger.open(account, amount.currency());
    if (!amount.isZero()) {
      ledger.book(Transfer.opening(account, amount, world.now()));
    }
  }

  private static Optional<TestCard> card(Binding wish) {
    if (wish.cardNumber() != null && !wish.account().equals(Accounts.CARD)) {
      throw Fields.invalid("card_number", "absent, or account card", "***");
    }
    return TestCard.of(wish.cardNumber());
  }

  /** The instrument as the test card has it; what the principal wished stays where it is less. */
  private static Instrument with(TestCard card, Instrument wished, Instant now) {
    var small = new Money(TestCard.SMALL_LIMIT_MINOR, wished.currency());
    // Not from boundAt, which is later than now once the clock was set back.
    var shortLife = now.plus(TestCard.SHORT_LIFE);
    var limit = wished.limit();
    var until = wished.validUntil();
    return new Instrument(
        card.marked(wished.ref()),
        wished.principal(),
        Accounts.of(wished.principal(), card.account()),
        wished.agent(),
        GivenLabel.card(card.number().substring(card.number().length() - 4)).text(),
        card.status(),
        wished.currency(),
        card == TestCard.SMALL_LIMIT && (limit == null || limit.moreThan(small)) ? small : limit,
        card == TestCard.SHORT_LIVED && (until == null || until.isAfter(shortLife))
            ? shortLife
            : until,
        wished.consent(),
        wished.boundAt());
  }

  /** What is to be bound. */
  private record Wished(
      Did principal,
      String account,
      Did agent,
      @Nullable Money limit,
      @Nullable Instant validUntil) {}

  private Instrument bound(Wished wish, Instant at) {
    var limit = wish.limit();
    var validUntil = wish.validUntil();
    // Ids have the form pi-...; references the form the contract names.
    var ref = world.ids().next("pi").replace('-', '_');
    var label =
        (wish.account().equals(Accounts.CARD) ? GivenLabel.card(CARD_DIGITS) : GivenLabel.BALANCE)
            .text();
    var consent =
        "I allow %s to request payments from my %s%s%s. Each payment still needs my PIN. Sandbox money only."
            .formatted(
                wish.agent(),
                label,
                limit == null ? "" : ", at most " + limit + " each",
                validUntil == null ? "" : ", until " + validUntil);
    return new Instrument(
        ref,
        wish.principal(),
        Accounts.of(wish.principal(), wish.account()),
        wish.agent(),
        label,
        Status.ACTIVE,
        world.currency(wish.principal()),
        limit,
        validUntil,
        consent,
        at);
  }

  /** Later than all before it, so that newest first is an order also while the clock stands. */
  private Instant boundAt() {
    var now = world.now();
    return store
        .newestMoment()
        .filter(newest -> !newest.isBefore(now))
        .map(newest -> newest.plus(1, ChronoUnit.MICROS))
        .orElse(now);
  }

  private void note(String event, Instrument instrument) {
    world.note(
        JournalNote.Kind.STATE,
        COMPONENT,
        event,
        Map.of(),
        world.of(
            instrument.principal(),
            Map.of(
                "instrument_ref", instrument.ref(),
                "agent_id", instrument.agent().value(),
                "label", instrument.label(),
                "status", instrument.status().name())));
  }
}
