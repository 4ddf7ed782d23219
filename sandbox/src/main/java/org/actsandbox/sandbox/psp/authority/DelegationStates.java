package org.actsandbox.sandbox.psp.authority;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.actsandbox.merchants.message.Message;
import org.actsandbox.protocol.delegation.DelegationState;
import org.actsandbox.protocol.delegation.Iac;
import org.actsandbox.protocol.delegation.StatusChange;
import org.actsandbox.protocol.delegation.StatusList;
import org.actsandbox.protocol.http.Outbound;
import org.actsandbox.protocol.http.Unanswered;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.journal.JournalIds;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.rule.ActComponent;
import org.actsandbox.sandbox.psp.PspWorld;

/**
 * How delegations stand, as far as the payment service knows (ACT ADD-8): it is told of changes,
 * looks into the status list when what it knows is older than the list says is good, and decides on
 * the last successful look when the status service does not answer.
 */
public final class DelegationStates {

  private static final ActComponent COMPONENT = ActComponent.ADD_IAC_LCM;
  private static final Duration TIMEOUT = Duration.ofSeconds(2);
  private static final Duration GOOD = Duration.ofSeconds(StatusList.TTL_SECONDS);

  private final PspWorld world;
  private final DelegationBook book;

  public DelegationStates(PspWorld world, DelegationBook book) {
    this.world = world;
    this.book = book;
  }

  /** What a status list of {@code issuedAt} says of a delegation. */
  public record Seen(String delegationId, DelegationState state, Instant issuedAt) {}

  /**
   * Makes sure that the book's state may be relied on.
   *
   * @throws Refusal {@code delegation_state_unknown} when nobody ever answered
   */
  void refresh(Iac iac, DelegationBook.Entry known) {
    look(iac, Optional.of(known)).ifPresent(this::write);
  }

  /**
   * Asks the status service unless the book's state may be relied on; holds no lock and writes
   * nothing. Empty when the book's state stands.
   *
   * @param known as the book has it; empty before the first payment under a delegation
   * @throws Refusal {@code delegation_state_unknown} when nobody ever answered
   */
  public Optional<Seen> look(Iac iac, Optional<DelegationBook.Entry> known) {
    var now = world.now();
    var state = known.map(DelegationBook.Entry::state);
    if (state.filter(DelegationState::isFinal).isPresent()
        || known.filter(entry -> isGood(entry, now)).isPresent()) {
      return Optional.empty();
    }
    var id = iac.payload().delegationId();
    try {
      var list = fetch(iac, now);
      return Optional.of(new Seen(id, list.at(iac.status().index()), list.issuedAt()));
    } catch (Unanswered | Refusal | IllegalArgumentException failed) {
      if (state.isEmpty()) {
        throw unknown(iac, String.valueOf(failed.getMessage()));
      }
      world.note(
          JournalNote.Kind.DECISION,
          COMPONENT,
          "decided-on-last-known-state",
          Map.of(JournalIds.DELEGATION_ID, id),
          Map.of(
              "state", state.get().code(),
              "as_of", String.valueOf(known.map(DelegationBook.Entry::checkedAt).orElse(null)),
              "why", String.valueOf(failed.getMessage())));
      return Optional.empty();
    }
  }

  /** Writes down what was seen, in the caller's transaction; what was told since stands. */
  public void write(Seen seen) {
    book.asked(seen.delegationId(), seen.state(), seen.issuedAt());
  }

  /**
   * Hears of a change.
   *
   * @throws Refusal of a signature, {@code key_forbidden} when it is not the status service's
   */
  public StatusChange told(byte[] body) {
    var message = Message.parse(body);
    var change = message.bind(StatusChange.class);
    requireService(message.signer(world.keys()));
    book.told(change.delegationId(), change.state(), change.changedAt(), world.now());
    return change;
  }

  private static boolean isGood(DelegationBook.Entry known, Instant now) {
    var checked = known.checkedAt();
    return known.state() != null
        && checked != null
        && Duration.between(checked, now).abs().compareTo(GOOD) < 0;
  }

  private StatusList fetch(Iac iac, Instant now) {
    var address = iac.status().list();
    if (!address.toString().startsWith(world.authority().statusLists().toString())) {
      throw new Refusal(Problem.IAC_INVALID, "its status list is nobody's we rely on")
          .at("iac")
          .observed(address.toString());
    }
    var answer = world.outbound().send(Outbound.Call.get(address, Map.of(), TIMEOUT));
    if (!answer.isSuccess()) {
      throw new Refusal(Problem.UPSTREAM_FAILED, "the status service answered " + answer.status());
    }
    var message = Message.parse(answer.body());
    requireService(message.signer(world.keys()));
    var list = message.bind(StatusList.class);
    if (!address.getPath().endsWith("/" + list.listId())) {
      throw new Refusal(Problem.UPSTREAM_FAILED, "the status service sent another list");
    }
    // An old list, sent again, would bring back what has been revoked since.
    if (Duration.between(list.issuedAt(), now).abs().compareTo(GOOD) > 0) {
      throw new Refusal(
          Problem.UPSTREAM_FAILED,
          "the status service sent a list of %s, by a clock that says %s"
              .formatted(list.issuedAt(), now));
    }
    return list;
  }

  private void requireService(Did signer) {
    if (!signer.equals(world.authority().statusService())) {
      throw new Refusal(Problem.KEY_FORBIDDEN, "somebody else speaks for the status service")
          .at("signer_id")
          .expected(world.authority().statusService().value())
          .observed(signer.value());
    }
  }

  private static Refusal unknown(Iac iac, String why) {
    return new Refusal(
            Problem.DELEGATION_STATE_UNKNOWN, "nobody could say how the delegation stands: " + why)
        .at("iac.credentialStatus")
        .observed(iac.status().list().toString())
        .remedy("Try again when the status service answers.");
  }
}
