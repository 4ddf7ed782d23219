package org.actsandbox.sandbox.dispute;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.actsandbox.protocol.attestation.dispute.DisputeState;
import org.actsandbox.protocol.attestation.dispute.Evidence;
import org.actsandbox.protocol.attestation.dispute.Paper;
import org.actsandbox.protocol.attestation.dispute.Statement;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.dispute.Asked.Answer;
import org.actsandbox.sandbox.journal.Secrets;
import org.actsandbox.sandbox.psp.Fields;
import org.actsandbox.sandbox.trust.TrustWorld;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Takes statements in, whether a party was asked or came by itself: signed by the party, about this
 * dispute, in time, once.
 */
final class Intake {

  private static final int MAX_ID = 128;
  private static final Pattern CODE = Pattern.compile("[a-z][a-z_]{0,39}");

  private final TrustWorld world;
  private final DisputeStore store;
  private final DisputeRules rules;

  Intake(TrustWorld world, DisputeStore store, DisputeRules rules) {
    this.world = world;
    this.store = store;
    this.rules = rules;
  }

  /**
   * @return whether everybody has answered now
   * @throws Refusal of a signature; {@code invalid_field}; {@code key_forbidden} for who is not
   *     asked; {@code evidence_late}; {@code idempotency_conflict} for another statement than the
   *     first
   */
  boolean take(String disputeId, JsonNode body) {
    var evidence = read(body);
    var now = world.now();
    var signer = SignedJson.verify(evidence.statement(), key -> world.find(key, now));
    var statement = statement(evidence, signer);
    var done =
        world.inTransaction(
            () -> {
              var dispute = store.lock(disputeId).orElseThrow(() -> Disputes.unknown(disputeId));
              requireAbout(dispute, statement);
              var asked = asked(disputeId, signer, statement);
              requireInTime(dispute, now);
              return keep(dispute, asked, evidence, now);
            });
    if (done.fresh()) {
      note(done.dispute(), statement);
    }
    return done.complete();
  }

  private record Kept(Dispute dispute, boolean fresh, boolean complete) {}

  private Kept keep(Dispute dispute, Asked asked, Evidence evidence, Instant now) {
    var text = Json.write(evidence.statement());
    if (asked.answer() == Answer.ANSWERED) {
      if (!text.equals(asked.signed())) {
        throw new Refusal(Problem.IDEMPOTENCY_CONFLICT, "the party has answered already")
            .at("statement")
            .remedy("The first statement counts.");
      }
      return new Kept(dispute, false, false);
    }
    store
        .asked()
        .answered(dispute.disputeId(), asked.place(), text, Json.write(evidence.papers()), now);
    return new Kept(dispute, true, isComplete(store.asked().of(dispute.disputeId())));
  }

  static boolean isComplete(List<Asked> parties) {
    return parties.stream().allMatch(each -> each.answer() == Answer.ANSWERED);
  }

  private static Evidence read(JsonNode body) {
    try {
      var evidence = Json.read(body, Evidence.class);
      if (evidence.papers().values().stream().anyMatch(text -> text.length() > Paper.MAX_CHARS)) {
        throw Fields.invalid("papers", "at most " + Paper.MAX_CHARS + " characters each", "more");
      }
      return evidence;
    } catch (JacksonException | NullPointerException | IllegalArgumentException malformed) {
      throw new Refusal(Problem.INVALID_FIELD, "this is no evidence")
          .at("body")
          .expected("{statement, papers}");
    }
  }

  private static Statement statement(Evidence evidence, Did signer) {
    Statement statement;
    try {
      statement = Json.read(evidence.statement(), Statement.class);
    } catch (JacksonException | NullPointerException | IllegalArgumentException malformed) {
      throw new Refusal(Problem.INVALID_FIELD, "this is no statement").at("statement");
    }
    if (!signer.equals(statement.party())) {
      throw new Refusal(Problem.KEY_FORBIDDEN, "everybody speaks for themselves")
          .at("statement.party")
          .expected(signer.value())
          .observed(statement.party().value());
    }
    if (statement.says().length() > Statement.MAX_SAYS
        || statement.recordIds().size() > Statement.MAX_RECORDS
        || statement.recordIds().stream().anyMatch(id -> id.isEmpty() || id.length() > MAX_ID)) {
      throw Fields.invalid(
          "statement",
          "at most %d characters and %d records"
              .formatted(Statement.MAX_SAYS, Statement.MAX_RECORDS),
          "more");
    }
    requireCode(statement);
    if (!isFree(statement.says())
        || !statement.details().values().stream().allMatch(Intake::isFree)) {
      // Signed, so it cannot be masked; and it goes into a bundle.
      throw Fields.invalid("statement.says", "no account numbers, keys or PINs", "one of them");
    }
    evidence.papers().forEach((paper, text) -> requireDigest(statement.papers(), paper, text));
    return statement;
  }

  private static boolean isFree(String text) {
    return Secrets.OF_NO_WORLD.freeText(text).equals(text);
  }

  /** A code is looked up among words; whatever it is, it is short. */
  private static void requireCode(Statement statement) {
    var code = statement.code();
    if ((code != null && !CODE.matcher(code).matches())
        || statement.details().size() > Statement.MAX_DETAILS
        || statement.details().entrySet().stream()
            .anyMatch(
                each ->
                    !CODE.matcher(each.getKey()).matches()
                        || each.getValue() == null
                        || each.getValue().length() > MAX_ID)) {
      throw Fields.invalid(
          "statement",
          "a code of small letters, and at most %d details of at most %d characters"
              .formatted(Statement.MAX_DETAILS, MAX_ID),
          "something else");
    }
  }

  private static void requireDigest(Map<Paper, String> signed, Paper paper, String text) {
    String digest;
    try {
      digest = paper.digest(text);
    } catch (JacksonException | IllegalArgumentException notJson) {
      digest = "not JSON";
    }
    if (!digest.equals(signed.get(paper))) {
      throw Fields.invalid("papers." + paper.code(), String.valueOf(signed.get(paper)), digest);
    }
  }

  private static void requireAbout(Dispute dispute, Statement statement) {
    if (!statement.disputeId().equals(dispute.disputeId())
        || !statement.orderNo().equals(dispute.matter().orderNo())) {
      throw new Refusal(Problem.INVALID_FIELD, "the statement is about another dispute")
          .at("statement.dispute_id")
          .expected(dispute.disputeId())
          .observed(statement.disputeId());
    }
  }

  private Asked asked(String disputeId, Did signer, Statement statement) {
    return store.asked().of(disputeId).stream()
        .filter(each -> each.party().equals(signer) && each.role() == statement.role())
        .findFirst()
        .orElseThrow(
            () ->
                new Refusal(Problem.KEY_FORBIDDEN, "nobody asked this participant")
                    .at("statement.party")
                    .observed(signer + " as " + statement.role()));
  }

  private void requireInTime(Dispute dispute, Instant now) {
    var deadline = dispute.now().deadline();
    if (dispute.state() == DisputeState.OPENED) {
      throw new Refusal(Problem.ILLEGAL_TRANSITION, "evidence was not asked for yet")
          .at("state")
          .remedy("Wait for the request.");
    }
    if (dispute.state() != DisputeState.EVIDENCE_REQUESTED
        || deadline == null
        || rules.isOver(now, deadline)) {
      throw new Refusal(Problem.EVIDENCE_LATE, "evidence does not count any more")
          .at("statement")
          .expected("before " + deadline)
          .observed(now.toString());
    }
  }

  private void note(Dispute dispute, Statement statement) {
    world.note(
        statement.party(),
        JournalNote.Kind.STATE,
        Disputes.COMPONENT,
        "statement-received",
        dispute.journalIds(),
        Map.of(
            "dispute_id", dispute.disputeId(),
            "party", statement.party().value(),
            "records", statement.recordIds()));
  }
}
