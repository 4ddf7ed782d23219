package org.actsandbox.sandbox.credit.institution;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.actsandbox.protocol.credit.CreditProjection;
import org.actsandbox.protocol.credit.CreditValidity;
import org.actsandbox.protocol.credit.SubjectCreditAssertion;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.journal.JournalEvent;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.wire.FieldChecks;
import org.actsandbox.sandbox.credit.CreditWorld;
import org.actsandbox.sandbox.credit.institution.StatementStore.Statement;
import tools.jackson.databind.node.ObjectNode;

/**
 * Keeps the statements about principals (ACT CRD-7). A principal has one valid statement at most;
 * the first one follows from the world's seed.
 */
final class CreditStatements {

  /** Ours: a statement is renewed every 90 days. */
  private static final Duration VALIDITY = Duration.ofDays(90);

  private static final int LOWEST = 640;
  private static final int SPREAD = 121;

  private final CreditWorld world;
  private final StatementStore store;

  CreditStatements(CreditWorld world, StatementStore store) {
    this.world = world;
    this.store = store;
  }

  /** Lists a principal's statements, newest first, after making the first one. */
  List<Statement> of(Did principal) {
    var known = store.of(principal);
    if (!known.isEmpty()) {
      return known;
    }
    int score =
        LOWEST + Math.floorMod(world.derivedSeed().applyAsLong("credit " + principal), SPREAD);
    issue(principal, score, "CS-1-" + principal.name());
    return store.of(principal);
  }

  /** Returns the principal's valid statement; empty after a withdrawal or at its end. */
  Optional<Statement> valid(Did principal) {
    return of(principal).stream()
        .filter(each -> each.at(world.now()) == CreditValidity.State.VALID)
        .findFirst();
  }

  Optional<Statement> find(String reference) {
    return reference.startsWith(PREFIX)
        ? store.find(reference.substring(PREFIX.length()))
        : Optional.empty();
  }

  private static final String PREFIX = "urn:act:credit-statement:";

  static String reference(Statement statement) {
    return PREFIX + statement.assertionId();
  }

  /** Issues a statement that replaces the ones before. */
  Statement correct(Did principal, int score) {
    if (score < 300 || score > 900) {
      throw FieldChecks.invalid("score", "300 to 900", String.valueOf(score));
    }
    world
        .transactions()
        .executeWithoutResult(
            () ->
                of(principal).stream()
                    .filter(each -> each.state() == CreditValidity.State.VALID)
                    .forEach(
                        each -> store.end(each.assertionId(), CreditValidity.State.CORRECTED)));
    return issue(principal, score, world.ids().next("CS"));
  }

  /**
   * @throws Refusal {@code not_found}
   */
  Statement withdraw(String assertionId) {
    var statement =
        store
            .find(FieldChecks.text("assertion_id", assertionId, 64))
            .orElseThrow(
                () ->
                    new Refusal(Problem.NOT_FOUND, "there is no such statement")
                        .at("assertion_id")
                        .observed(assertionId));
    store.end(assertionId, CreditValidity.State.WITHDRAWN);
    world.note(
        JournalEvent.CREDIT_STATEMENT_WITHDRAWN, Map.of("assertion_id", statement.assertionId()));
    return statement;
  }

  private Statement issue(Did principal, int score, String id) {
    var now = world.now();
    var payload =
        Json.object()
            .put("reportNo", world.ids().next("CRREP"))
            .put("score", String.valueOf(score))
            .put("level", level(score))
            .put("creditLimit", score >= 700 ? "50000.00" : "20000.00")
            .put("currency", "CNY");
    var assertion =
        new SubjectCreditAssertion(
            id,
            "1",
            world.did().value(),
            principal.value(),
            now,
            now,
            now.plus(VALIDITY),
            payload,
            null);
    var signed =
        CreditProjection.ASSERTION.prove((ObjectNode) Json.tree(assertion), world.signer());
    var statement =
        new Statement(
            id, principal, CreditValidity.State.VALID, now, now.plus(VALIDITY), Json.write(signed));
    store.add(statement);
    // The journal says that there is a statement and nothing of what it says.
    world.note(
        JournalEvent.CREDIT_STATEMENT_ISSUED,
        world.withPrincipal(principal, Map.of("assertion_id", id)));
    return statement;
  }

  static String level(int score) {
    return score >= 700 ? "A" : score >= 650 ? "B" : "C";
  }
}
