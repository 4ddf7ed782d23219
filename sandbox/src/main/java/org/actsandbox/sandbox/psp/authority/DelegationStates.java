package org.actsandbox.sandbox.psp.authority;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.actsandbox.merchants.message.Message;
import org.actsandbox.protocol.delegation.DelegationState;
import org.actsandbox.protocol.delegation.Iac;
import org.actsandbox.protocol.delegation.IssuanceStatus;
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
 * How delegations stand, as far as the payment service knows (ACT ADD-8): before the first payment
 * it asks the delegation service whether it issued exactly this credential; from then on it is told
 * of changes, looks into the status list when what it knows is older than the list says is good,
 * and decides on the last successful look when the service does not answer. What the service never
 * confirmed is never paid.
 */
public final class DelegationStates {

  private static final ActComponent COMPONENT = ActComponent.ADD_IAC_LCM;
  private static final int NOT_FOUND = 404;
  private static final Duration TIMEOUT = Duration.ofSeconds(2);
  private static final Duration GOOD = Duration.ofSeconds(StatusList.TTL_SECONDS);

  private final PspWorld world;
  private final DelegationBook book;
  private final Optional<DelegationState> unissued;

  /**
   * @param unissued how a credential stands that the delegation service did not issue: not at all,
   *     unless another payment service is built
   */
  public DelegationStates(PspWorld world, DelegationBook book, Optional<DelegationState> unissued) {
    this.world = world;
    this.book = book;
    this.unissued = unissued;
  }

  /**
   * What the service said of a delegation at {@code issuedAt}.
   *
   * @param confirms whether it said that it issued the credential
   */
  public record Seen(
      String delegationId, DelegationState state, Instant issuedAt, boolean confirms) {}

  /**
   * Makes sure that the book's state may be relied on.
   *
   * @throws Refusal {@code delegation_state_unknown} when the service never answered
   */
  void refresh(Iac iac, DelegationBook.Entry known) {
    look(iac, Optional.of(known)).ifPresent(this::write);
  }

  /**
   * Asks the delegation service unless the book's state may be relied on; holds no lock and writes
   * nothing. Empty when the book's state stands.
   *
   * @param known as the book has it; empty before the first payment under a delegation
   * @throws Refusal {@code iac_not_issued} when the service did not issue exactly this credential,
   *     {@code delegation_state_unknown} when the service never answered
   */
  public Optional<Seen> look(Iac iac, Optional<DelegationBook.Entry> known) {
    var now = world.now();
    var state = known.map(DelegationBook.Entry::state);
    boolean isConfirmed = known.filter(DelegationBook.Entry::isConfirmed).isPresent();
    if (state.filter(DelegationState::isFinal).isPresent()
        || (isConfirmed && known.filter(entry -> isGood(entry, now)).isPresent())) {
      return Optional.empty();
    }
    try {
      return Optional.of(isConfirmed ? listed(iac, now) : confirmed(iac, now));
    } catch (Unanswered | Refusal | IllegalArgumentException failed) {
      if (failed instanceof Refusal refusal && refusal.problem() == Problem.IAC_NOT_ISSUED) {
        throw refusal;
      }
      if (!isConfirmed || state.isEmpty()) {
        throw unknown(iac, String.valueOf(failed.getMessage()));
      }
      world.note(
          JournalNote.Kind.DECISION,
          COMPONENT,
          "decided-on-last-known-state",
          Map.of(JournalIds.DELEGATION_ID, iac.payload().delegationId()),
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

  private Seen listed(Iac iac, Instant now) {
    requireOurService(iac);
    var answer = ask(iac.status().list());
    requireAnswered(answer);
    var message = message(answer);
    var list = message.bind(StatusList.class);
    requireSame(iac, list.listId());
    requireFresh(list.issuedAt(), now);
    var state = list.at(iac.status().index()).orElseThrow(() -> notIssued(iac));
    return new Seen(iac.payload().delegationId(), state, list.issuedAt(), false);
  }

  /** Asked once for each credential; the digest keeps others from asking about it. */
  private Seen confirmed(Iac iac, Instant now) {
    requireOurService(iac);
    var id = iac.payload().delegationId();
    var answer =
        ask(
            URI.create(
                world.authority().iacs()
                    + URLEncoder.encode(id, StandardCharsets.UTF_8)
                    + "/status?iac_digest="
                    + URLEncoder.encode(iac.digest(), StandardCharsets.UTF_8)));
    if (answer.status() == NOT_FOUND) {
      return new Seen(id, unissued.orElseThrow(() -> notIssued(iac)), now, true);
    }
    requireAnswered(answer);
    var issued = message(answer).bind(IssuanceStatus.class);
    if (!issued.delegationId().equals(id) || !issued.iacDigest().equals(iac.digest())) {
      throw new Refusal(Problem.UPSTREAM_FAILED, "the delegation service spoke of another one");
    }
    requireSame(iac, issued.listId());
    if (issued.index() != iac.status().index()) {
      throw notIssued(iac);
    }
    requireFresh(issued.issuedAt(), now);
    return new Seen(id, issued.state(), issued.issuedAt(), true);
  }

  private void requireOurService(Iac iac) {
    var address = iac.status().list();
    if (!address.toString().startsWith(world.authority().statusLists().toString())) {
      throw new Refusal(Problem.IAC_INVALID, "its status list is nobody's we rely on")
          .at("iac")
          .observed(address.toString());
    }
  }

  private Outbound.Answer ask(URI address) {
    return world.outbound().send(Outbound.Call.get(address, Map.of(), TIMEOUT));
  }

  private static void requireAnswered(Outbound.Answer answer) {
    if (!answer.isSuccess()) {
      throw new Refusal(Problem.UPSTREAM_FAILED, "the status service answered " + answer.status());
    }
  }

  private Message message(Outbound.Answer answer) {
    var message = Message.parse(answer.body());
    requireService(message.signer(world.keys()));
    return message;
  }

  private static void requireSame(Iac iac, String listId) {
    if (!iac.status().list().getPath().endsWith("/" + listId)) {
      throw new Refusal(Problem.UPSTREAM_FAILED, "the status service sent another list");
    }
  }

  /** An old answer, sent again, would bring back what has been revoked since. */
  private static void requireFresh(Instant issuedAt, Instant now) {
    if (Duration.between(issuedAt, now).abs().compareTo(GOOD) > 0) {
      throw new Refusal(
          Problem.UPSTREAM_FAILED,
          "the status service sent an answer of %s, by a clock that says %s"
              .formatted(issuedAt, now));
    }
  }

  private static Refusal notIssued(Iac iac) {
    return new Refusal(
            Problem.IAC_NOT_ISSUED, "the delegation service did not issue this credential")
        .at("iac")
        .expected("a credential exactly as the delegation service issued it")
        .observed(iac.payload().delegationId() + " " + iac.digest())
        .remedy("Fetch the credential from the delegation service, or ask for a new authority.");
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
