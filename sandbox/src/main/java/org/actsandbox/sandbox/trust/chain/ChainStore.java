package org.actsandbox.sandbox.trust.chain;

import static org.actsandbox.participant.TimeColumns.utc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.actsandbox.participant.TimeColumns;
import org.actsandbox.protocol.attestation.Base64Url;
import org.actsandbox.protocol.attestation.merkle.MerkleNodeStore.NodePosition;
import org.actsandbox.protocol.attestation.merkle.MerkleTree.Node;
import org.actsandbox.protocol.attestation.merkle.TreeHead;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.trust.EvidenceView;
import org.actsandbox.sandbox.trust.TrustWorld;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Stores the rows of one world's chain. Rows are never changed; the database enforces that, too.
 */
final class ChainStore {

  /** The number of nodes that one statement reads; more are read in chunks. */
  private static final int CHUNK = 100;

  /** Number of anchors that one statement finds; a power of two. */
  private static final int FIND_CHUNK = 64;

  private static final String ONE_ANCHOR =
      "select height, record_id, channel, submitter, anchor, anchored_at from trust_anchor"
          + " where world = ? and record_id = ?";

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

  /**
   * Returns the tree's size and locks the chain: no other transaction appends until this one ends.
   */
  long lock() {
    return lockSize().or(this::begin).orElseThrow();
  }

  private Optional<Long> lockSize() {
    return jdbc.sql("select tree_size from trust_chain where world = ? for update")
        .param(world)
        .query(Long.class)
        .optional();
  }

  /** Creates the chain's row; the primary key keeps a racing transaction from creating another. */
  private Optional<Long> begin() {
    jdbc.sql("insert into trust_chain (world, tree_size) values (?, 0) on conflict do nothing")
        .param(world)
        .update();
    return lockSize();
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

  /** Represents an anchor on the chain. */
  record Row(
      long height,
      String recordId,
      String channel,
      String submitter,
      String anchor,
      Instant anchoredAt) {

    Row withAnchor(String other) {
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
              utc(row.anchoredAt())));
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
   * Reads nodes in one statement, but each by its own key, because H2 answers {@code place in
   * (...)} by scanning all nodes of the world.
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
    return jdbc.sql(ONE_ANCHOR)
        .params(world, recordId)
        .query((row, _) -> read(row))
        .optional()
        .flatMap(this::viewed);
  }

  /**
   * Finds the anchors of several records in one statement, but each by its own key, as {@link
   * #nodes} does. The last id is repeated up to a power of two, so that there are few different
   * statements to prepare.
   */
  Map<String, Row> find(List<String> recordIds) {
    var found = new HashMap<String, Row>();
    for (int from = 0; from < recordIds.size(); from += FIND_CHUNK) {
      var chunk =
          new ArrayList<>(recordIds.subList(from, Math.min(recordIds.size(), from + FIND_CHUNK)));
      while (Integer.bitCount(chunk.size()) != 1) {
        chunk.add(chunk.getLast());
      }
      var parameters = new ArrayList<Object>();
      chunk.forEach(id -> parameters.addAll(List.of(world, id)));
      jdbc.sql(String.join(" union all ", Collections.nCopies(chunk.size(), ONE_ANCHOR)))
          .params(parameters)
          .query((row, _) -> read(row))
          .list()
          .forEach(row -> viewed(row).ifPresent(seen -> found.put(row.recordId(), seen)));
    }
    return found;
  }

  private Optional<Row> viewed(Row row) {
    return evidenceView.anchor(row.recordId(), row.anchor()).map(row::withAnchor);
  }

  /**
   * Lists anchors in the order of the chain; fewer than {@code limit} only at the end of the chain.
   */
  List<Row> after(long height, int limit) {
    var viewed = new ArrayList<Row>();
    long from = height;
    while (viewed.size() < limit) {
      int missing = limit - viewed.size();
      var rows = stored(from, missing);
      rows.forEach(row -> viewed(row).ifPresent(viewed::add));
      if (rows.size() < missing) {
        break;
      }
      from = rows.getLast().height();
    }
    return viewed;
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

  /**
   * Returns the newest head. It sorts by the whole key, because otherwise H2 sorts all heads of the
   * world.
   */
  Optional<TreeHead> head() {
    return one(
        jdbc.sql(
                """
                select head from trust_head where world = ?
                order by world desc, tree_size desc limit 1
                """)
            .param(world));
  }

  /** Returns the oldest head that covers {@code size} leaves. */
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
        TimeColumns.instant(row, 6));
  }

  private static String rows(String one, int count) {
    return String.join(", ", Collections.nCopies(count, one));
  }
}
