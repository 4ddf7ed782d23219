package org.actsandbox.sandbox.credit.issuer;

import static org.actsandbox.participant.TimeColumns.nullableUtc;
import static org.actsandbox.participant.TimeColumns.utc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.actsandbox.participant.DueTable;
import org.actsandbox.participant.TimeColumns;
import org.actsandbox.protocol.credit.AssociationState;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.wire.PageCursor;
import org.actsandbox.sandbox.credit.CreditWorld;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Stores applications and credentials of one world. */
final class AssociationStore {

  private static final String APPLICATION =
      """
      select application_id, principal_id, agent_id, state, digest, application, draft,
        previous_credential, created_at, due_at
      from credit_application
      """;

  private static final String CREDENTIAL =
      """
      select credential_id, application_id, principal_id, agent_id, state, state_version, reason,
        changed_at, changed_by, issued_at, valid_until, check_at, credential
      from credit_credential
      """;

  private final String world;
  private final JdbcClient jdbc;

  AssociationStore(CreditWorld world) {
    this.world = world.partition();
    this.jdbc = world.jdbc();
  }

  DueTable dueApplications() {
    return DueTable.ofWorld(
        jdbc, world, "credit_application", "due_at", "application_id", "end of application");
  }

  DueTable dueCredentials() {
    return DueTable.ofWorld(
        jdbc, world, "credit_credential", "due_at", "credential_id", "check of association");
  }

  /** Adds an application; false if its id or its element against replay was used before. */
  boolean add(ApplicationRow row, String replayKey) {
    return jdbc.sql(
                """
                insert into credit_application (world, application_id, principal_id, agent_id,
                  state, replay_key, digest, application, previous_credential, created_at, due_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing
                """)
            .param(world)
            .param(row.applicationId())
            .param(row.principal().value())
            .param(row.agent().value())
            .param(row.state().name())
            .param(replayKey)
            .param(row.digest())
            .param(row.application())
            .param(row.previousCredential())
            .param(utc(row.createdAt()))
            .param(nullableUtc(row.lapsesAt()))
            .update()
        == 1;
  }

  Optional<ApplicationRow> application(String id) {
    return application(id, "");
  }

  Optional<ApplicationRow> lockApplication(String id) {
    return application(id, " for update");
  }

  private Optional<ApplicationRow> application(String id, String lock) {
    return jdbc.sql(APPLICATION + "where world = ? and application_id = ?" + lock)
        .params(world, id)
        .query((row, _) -> readApplication(row))
        .optional();
  }

  /** Lists a principal's applications, newest first. */
  List<ApplicationRow> applications(Did principal, int limit) {
    return jdbc.sql(
            APPLICATION
                + """
                  where world = ? and principal_id = ?
                  order by world, principal_id, created_at desc, application_id desc limit ?
                  """)
        .params(world, principal.value(), limit)
        .query((row, _) -> readApplication(row))
        .list();
  }

  void updateDraft(String applicationId, @Nullable String draft) {
    jdbc.sql("update credit_application set draft = ? where world = ? and application_id = ?")
        .param(draft)
        .param(world)
        .param(applicationId)
        .update();
  }

  /** Ends an application. */
  void end(String applicationId, AssociationState state) {
    jdbc.sql(
            "update credit_application set state = ?, due_at = null"
                + " where world = ? and application_id = ?")
        .params(state.name(), world, applicationId)
        .update();
  }

  void add(AssociationRow row) {
    jdbc.sql(
            """
            insert into credit_credential (world, credential_id, application_id, principal_id,
              agent_id, state, state_version, reason, changed_at, changed_by, issued_at,
              valid_until, check_at, due_at, credential)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)
        .param(world)
        .param(row.credentialId())
        .param(row.applicationId())
        .param(row.principal().value())
        .param(row.agent().value())
        .param(row.current().state().name())
        .param(row.current().version())
        .param(row.current().reason())
        .param(utc(row.current().changedAt()))
        .param(row.current().by())
        .param(utc(row.issuedAt()))
        .param(nullableUtc(row.validUntil()))
        .param(utc(row.checkAt()))
        .param(nullableUtc(row.dueAt().orElse(null)))
        .param(row.credential())
        .update();
  }

  Optional<AssociationRow> credential(String id) {
    return credential(id, "");
  }

  Optional<AssociationRow> lockCredential(String id) {
    return credential(id, " for update");
  }

  private Optional<AssociationRow> credential(String id, String lock) {
    return jdbc.sql(CREDENTIAL + "where world = ? and credential_id = ?" + lock)
        .params(world, id)
        .query((row, _) -> readCredential(row))
        .optional();
  }

  Optional<AssociationRow> credentialOfApplication(String applicationId) {
    return jdbc.sql(CREDENTIAL + "where world = ? and application_id = ?")
        .params(world, applicationId)
        .query((row, _) -> readCredential(row))
        .optional();
  }

  /** Lists a principal's credentials, newest first. */
  List<AssociationRow> credentials(Did principal, @Nullable Did agent, PageCursor from) {
    return jdbc.sql(
            CREDENTIAL
                + """
                  where world = :world and principal_id = :principal
                    and issued_at <= :at and (issued_at < :at or credential_id < :id)
                  """
                + (agent == null ? "" : " and agent_id = :agent ")
                + """
                  order by world, principal_id, issued_at desc, credential_id desc limit :limit
                  """)
        .param("world", world)
        .param("principal", principal.value())
        .param("at", utc(from.at()))
        .param("id", from.id())
        .param("agent", agent == null ? null : agent.value())
        .param("limit", PageCursor.PAGE + 1)
        .query((row, _) -> readCredential(row))
        .list();
  }

  /** Stores the current state and the next check; the caller holds the lock. */
  void update(AssociationRow row) {
    jdbc.sql(
            """
            update credit_credential set state = :state, state_version = :version,
              reason = :reason, changed_at = :at, changed_by = :by, check_at = :check, due_at = :due
            where world = :world and credential_id = :id
            """)
        .param("state", row.current().state().name())
        .param("version", row.current().version())
        .param("reason", row.current().reason())
        .param("at", utc(row.current().changedAt()))
        .param("by", row.current().by())
        .param("check", utc(row.checkAt()))
        .param("due", nullableUtc(row.dueAt().orElse(null)))
        .param("world", world)
        .param("id", row.credentialId())
        .update();
  }

  private static ApplicationRow readApplication(ResultSet row) throws SQLException {
    return new ApplicationRow(
        row.getString("application_id"),
        new Did(row.getString("principal_id")),
        new Did(row.getString("agent_id")),
        AssociationState.valueOf(row.getString("state")),
        row.getString("digest"),
        row.getString("application"),
        row.getString("draft"),
        row.getString("previous_credential"),
        TimeColumns.instant(row, "created_at"),
        TimeColumns.nullableInstant(row, "due_at"));
  }

  private static AssociationRow readCredential(ResultSet row) throws SQLException {
    return new AssociationRow(
        row.getString("credential_id"),
        row.getString("application_id"),
        new Did(row.getString("principal_id")),
        new Did(row.getString("agent_id")),
        new AssociationRow.Current(
            AssociationState.valueOf(row.getString("state")),
            row.getInt("state_version"),
            row.getString("reason"),
            TimeColumns.instant(row, "changed_at"),
            row.getString("changed_by")),
        TimeColumns.instant(row, "issued_at"),
        TimeColumns.nullableInstant(row, "valid_until"),
        TimeColumns.instant(row, "check_at"),
        row.getString("credential"));
  }
}
