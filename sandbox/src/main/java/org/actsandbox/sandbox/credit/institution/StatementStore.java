package org.actsandbox.sandbox.credit.institution;

import static org.actsandbox.participant.TimeColumns.utc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.actsandbox.participant.TimeColumns;
import org.actsandbox.protocol.credit.CreditValidity;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.sandbox.credit.CreditWorld;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Stores statements about principals, mapping rules and attestations of one world. */
final class StatementStore {

  private static final int MAX_ROWS = 50;

  private static final String STATEMENT =
      "select assertion_id, principal_id, state, issued_at, valid_until, statement"
          + " from credit_statement ";

  private final String world;
  private final JdbcClient jdbc;

  StatementStore(CreditWorld world) {
    this.world = world.partition();
    this.jdbc = world.jdbc();
  }

  /**
   * Represents a statement with its state.
   *
   * @param json the signed statement
   */
  record Statement(
      String assertionId,
      Did principal,
      CreditValidity.State state,
      Instant issuedAt,
      Instant validUntil,
      String json) {

    CreditValidity.State at(Instant now) {
      return state == CreditValidity.State.VALID && !now.isBefore(validUntil)
          ? CreditValidity.State.EXPIRED
          : state;
    }
  }

  /** Represents a version of the mapping rule. */
  record Rule(String version, int sharePercent, boolean supported, Instant since) {}

  /** Adds a statement; of two that issue the first one at once the second changes nothing. */
  void add(Statement statement) {
    jdbc.sql(
            """
            insert into credit_statement (world, assertion_id, principal_id, state, issued_at,
              valid_until, statement)
            values (?, ?, ?, ?, ?, ?, ?) on conflict do nothing
            """)
        .params(
            world,
            statement.assertionId(),
            statement.principal().value(),
            statement.state().name(),
            utc(statement.issuedAt()),
            utc(statement.validUntil()),
            statement.json())
        .update();
  }

  Optional<Statement> find(String assertionId) {
    return jdbc.sql(STATEMENT + "where world = ? and assertion_id = ?")
        .params(world, assertionId)
        .query((row, _) -> read(row))
        .optional();
  }

  /** Lists a principal's statements, newest first. */
  List<Statement> of(Did principal) {
    return jdbc.sql(
            STATEMENT
                + """
                  where world = ? and principal_id = ?
                  order by world, principal_id, issued_at desc, assertion_id desc limit ?
                  """)
        .params(world, principal.value(), MAX_ROWS)
        .query((row, _) -> read(row))
        .list();
  }

  void end(String assertionId, CreditValidity.State state) {
    jdbc.sql("update credit_statement set state = ? where world = ? and assertion_id = ?")
        .params(state.name(), world, assertionId)
        .update();
  }

  List<Rule> rules() {
    return jdbc.sql(
            "select version, share_percent, supported, since from credit_mapping_rule"
                + " where world = ? order by world, version limit ?")
        .params(world, MAX_ROWS)
        .query(
            (row, _) ->
                new Rule(
                    row.getString(1),
                    row.getInt(2),
                    row.getBoolean(3),
                    TimeColumns.instant(row, 4)))
        .list();
  }

  boolean add(Rule rule) {
    return jdbc.sql(
                """
                insert into credit_mapping_rule (world, version, share_percent, supported, since)
                values (?, ?, ?, ?, ?) on conflict do nothing
                """)
            .params(world, rule.version(), rule.sharePercent(), rule.supported(), utc(rule.since()))
            .update()
        == 1;
  }

  void retire(String version) {
    jdbc.sql("update credit_mapping_rule set supported = false where world = ? and version = ?")
        .params(world, version)
        .update();
  }

  void addAttestation(String id, String applicationId, String digest, String evidence) {
    jdbc.sql(
            """
            insert into credit_attestation (world, attestation_id, application_id, draft_digest,
              evidence)
            values (?, ?, ?, ?, ?)
            """)
        .params(world, id, applicationId, digest, evidence)
        .update();
  }

  boolean hasAttestation(String id, String applicationId, String digest) {
    return jdbc.sql(
            "select application_id, draft_digest from credit_attestation"
                + " where world = ? and attestation_id = ?")
        .params(world, id)
        .query(
            (row, _) -> row.getString(1).equals(applicationId) && row.getString(2).equals(digest))
        .optional()
        .orElse(false);
  }

  private static Statement read(ResultSet row) throws SQLException {
    return new Statement(
        row.getString(1),
        new Did(row.getString(2)),
        CreditValidity.State.valueOf(row.getString(3)),
        TimeColumns.instant(row, 4),
        TimeColumns.instant(row, 5),
        row.getString(6));
  }
}
