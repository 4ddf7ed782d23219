package org.actsandbox.sandbox.dispute;

import static org.actsandbox.participant.TimeColumns.utc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.actsandbox.participant.TimeColumns;
import org.actsandbox.protocol.attestation.Party;
import org.actsandbox.protocol.attestation.dispute.EvidenceDocument;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.trust.TrustWorld;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.core.type.TypeReference;

/** Stores which parties are asked in each dispute of one world, and what they answered. */
final class AskedPartyStore {

  private static final TypeReference<Map<EvidenceDocument, String>> DOCUMENTS =
      new TypeReference<>() {};

  private final String world;
  private final JdbcClient jdbc;

  AskedPartyStore(TrustWorld world) {
    this.world = world.partition();
    this.jdbc = world.jdbc();
  }

  void add(String disputeId, AskedParty askedParty) {
    jdbc.sql(
            """
            insert into dispute_party (world, dispute_id, place, party, role, answer, told)
            values (?, ?, ?, ?, ?, ?, false)
            """)
        .params(
            world,
            disputeId,
            askedParty.place(),
            askedParty.party().value(),
            askedParty.role().name(),
            askedParty.answer().name())
        .update();
  }

  List<AskedParty> ofDispute(String disputeId) {
    return jdbc.sql(
            """
            select place, party, role, answer, why, statement, papers, received_at, told
            from dispute_party where world = ? and dispute_id = ? order by place
            """)
        .params(world, disputeId)
        .query((row, _) -> read(row))
        .list();
  }

  /** Returns false when the party has answered already or counts as silent. */
  boolean recordAnswer(
      String disputeId, int place, String statement, String documents, Instant at) {
    return jdbc.sql(
                """
                update dispute_party set answer = 'ANSWERED', why = null, statement = ?, papers = ?,
                  received_at = ?
                where world = ? and dispute_id = ? and place = ? and answer = 'WAITING'
                """)
            .params(statement, documents, utc(at), world, disputeId, place)
            .update()
        == 1;
  }

  void recordFailedRequest(String disputeId, int place, String why) {
    jdbc.sql(
            """
            update dispute_party set why = ?
            where world = ? and dispute_id = ? and place = ? and answer = 'WAITING'
            """)
        .params(why.substring(0, Math.min(256, why.length())), world, disputeId, place)
        .update();
  }

  void markSilent(String disputeId) {
    jdbc.sql(
            """
            update dispute_party set answer = 'SILENT'
            where world = ? and dispute_id = ? and answer = 'WAITING'
            """)
        .params(world, disputeId)
        .update();
  }

  /**
   * Deletes the documents after the finding: delivered goods and addresses are not needed any more.
   */
  void deleteDocuments(String disputeId) {
    jdbc.sql("update dispute_party set papers = null where world = ? and dispute_id = ?")
        .params(world, disputeId)
        .update();
  }

  void markTold(String disputeId, int place) {
    jdbc.sql(
            "update dispute_party set told = true where world = ? and dispute_id = ? and place = ?")
        .params(world, disputeId, place)
        .update();
  }

  private static AskedParty read(ResultSet row) throws SQLException {
    var documents = row.getString("papers");
    return new AskedParty(
        row.getInt("place"),
        new Did(row.getString("party")),
        Party.Role.valueOf(row.getString("role")),
        AskedParty.Answer.valueOf(row.getString("answer")),
        row.getString("why"),
        row.getString("statement"),
        documents == null ? Map.of() : Json.mapper().readValue(documents, DOCUMENTS),
        TimeColumns.nullableInstant(row, "received_at"),
        row.getBoolean("told"));
  }
}
