package org.actsandbox.sandbox.trust.chain;

import static org.actsandbox.sandbox.psp.PspWorld.column;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.actsandbox.protocol.attestation.Base64Url;
import org.actsandbox.protocol.attestation.merkle.MerkleNodeStore.NodePosition;
import org.actsandbox.protocol.attestation.merkle.MerkleTree.Node;
import org.actsandbox.protocol.attestation.merkle.TreeHead;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.trust.EvidenceView;
import org.actsandbox.sandbox.trust.TrustWorld;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The rows of one world's chain. Nothing here is ever changed; the database sees to it, too. */
final class ChainStore {

  /** In one statement; more are read in pieces. */
  private static final int CHUNK = 100;

  private static final String ONE_NODE =
      "select place, hash from trust_node where world = ? and place = ?";

  private final String world;
  private final JdbcClient jdbc;
  private final EvidenceView evidenceView;

  ChainStore(TrustWorld world, EvidenceView evidenceView) {
    this.world = world.partition();
    this.jdbc = world.jdbc();
    this.evidenceView = evidenceView;
  }

  /** The tree's size; nobody else appends until the transaction ends. */
  long lock() {
    return locked().or(this::begun).orElseThrow();
  }

  private Optional<Long> locked() {
    return jdbc.sql("select tree_size from trust_chain where world = ? for update")
        .param(world)
        .query(Long.class)
        .optional();
  }

  /** The first time; a racing one is kept out by the key. */
  private Optional<Long> begun() {
    jdbc.sql("insert into trust_chain (world, tree_size) values (?, 0) on conflict do nothing")
        .param(world)
        .update();
    return locked();
  }

  long size() {
    return jdbc.sql("select tree_size from trust_chain where world = ?")
        .param(world)
        .query(Long.class)
        .optional()
        .orElse(0L);
  }

  void setSize(long size) {
    jdbc.sql("update trust_chain set tree_size = ? where world = ?").params(size, world).update();
  }

  /** An anchor as it stands on the chain. */
  record Row(
      long height,
      String recordId,
      String channel,
      String submitter,
      String anchor,
      Instant anchoredAt) {

    Row seenAs(String other) {
      return new Row(height, recordId, channel, submitter, other, anchoredAt);
    }
  }

  void add(List<Row> rows) {
    var parameters = new ArrayList<Object>();
    for (var row : rows) {
      parameters.addAll(
          List.of(
              world,
              row.height(),
              row.recordId(),
              row.channel(),
              row.submitter(),
              row.anchor(),
              column(row.anchoredAt())));
    }
    jdbc.sql(
            "insert into trust_anchor"
                + " (world, height, record_id, channel, submitter, anchor, anchored_at) values "
                + rows("(?, ?, ?, ?, ?, ?, ?)", rows.size()))
        .params(parameters)
        .update();
  }

  void addNodes(List<Node> nodes) {
    var parameters = new ArrayList<Object>();
    for (var node : nodes) {
      parameters.addAll(List.of(world, node.place().number(), Base64Url.encode(node.hash())));
    }
    jdbc.sql(
            "insert into trust_node (world, place, hash) values " + rows("(?, ?, ?)", nodes.size()))
        .params(parameters)
        .update();
  }

  void add(TreeHead head) {
    jdbc.sql("insert into trust_head (world, tree_size, head) values (?, ?, ?)")
        .params(world, head.treeSize(), Json.write(head))
        .update();
  }

  /**
   * In one statement, but each by its own key: H2 answers {@code place in (...)} by looking through
   * all nodes of the world.
   */
  Map<NodePosition, byte[]> nodes(Collection<NodePosition> nodePositions) {
    var found = new HashMap<NodePosition, byte[]>();
    var all = nodePositions.stream().map(NodePosition::number).toList();
    for (int from = 0; from < all.size(); from += CHUNK) {
      var chunk = all.subList(from, Math.min(all.size(), from + CHUNK));
      var parameters = new ArrayList<Object>();
      chunk.forEach(place -> parameters.addAll(List.of(world, place)));
      jdbc.sql(String.join(" union all ", Collections.nCopies(chunk.size(), ONE_NODE)))
          .params(parameters)
          .query(
              row -> {
                var nodePosition = NodePosition.ofNumber(row.getLong(1));
                var stored = Base64Url.decode(row.getString(2)).orElse(new byte[0]);
                found.put(nodePosition, evidenceView.node(nodePosition, stored));
              });
    }
    return found;
  }

  Optional<Row> find(String recordId) {
    return jdbc.sql(
            """
            select height, record_id, channel, submitter, anchor, anchored_at from trust_anchor
            where world = ? and record_id = ?
            """)
        .params(world, recordId)
        .query((row, _) -> read(row))
        .optional()
        .flatMap(this::seen);
  }

  private Optional<Row> seen(Row row) {
    return evidenceView.anchor(row.recordId(), row.anchor()).map(row::seenAs);
  }

  /** In the order of the chain; as many as are asked for, while there are more. */
  List<Row> after(long height, int limit) {
    var seen = new ArrayList<Row>();
    long from = height;
    while (seen.size() < limit) {
      int asked = limit - seen.size();
      var rows = stored(from, asked);
      rows.forEach(row -> seen(row).ifPresent(seen::add));
      if (rows.size() < asked) {
        break;
      }
      from = rows.getLast().height();
    }
    return seen;
  }

  private List<Row> stored(long height, int limit) {
    return jdbc.sql(
            """
            select height, record_id, channel, submitter, anchor, anchored_at from trust_anchor
            where world = ? and height > ? order by height limit ?
            """)
        .params(world, height, limit)
        .query((row, _) -> read(row))
        .list();
  }

  /** The newest head. Sorted by all of its key, or H2 sorts the heads of the world. */
  Optional<TreeHead> head() {
    return one(
        jdbc.sql(
                """
                select head from trust_head where world = ?
                order by world desc, tree_size desc limit 1
                """)
            .param(world));
  }

  /** The oldest head that covers {@code size} leaves. */
  Optional<TreeHead> headCovering(long size) {
    return one(
        jdbc.sql(
                """
                select head from trust_head where world = ? and tree_size >= ?
                order by tree_size limit 1
                """)
            .params(world, size));
  }

  private Optional<TreeHead> one(JdbcClient.StatementSpec statement) {
    return statement.query((row, _) -> head(row)).optional();
  }

  List<TreeHead> headsAfter(long size, int limit) {
    return jdbc.sql(
            """
            select head from trust_head where world = ? and tree_size > ?
            order by tree_size limit ?
            """)
        .params(world, size, limit)
        .query((row, _) -> head(row))
        .list();
  }

  private TreeHead head(ResultSet row) throws SQLException {
    return evidenceView.head(Json.read(row.getString(1), TreeHead.class));
  }

  private static Row read(ResultSet row) throws SQLException {
    return new Row(
        row.getLong(1),
        row.getString(2),
        row.getString(3),
        row.getString(4),
        row.getString(5),
        row.getObject(6, OffsetDateTime.class).toInstant());
  }

  private static String rows(String one, int count) {
    return String.join(", ", Collections.nCopies(count, one));
  }
}
