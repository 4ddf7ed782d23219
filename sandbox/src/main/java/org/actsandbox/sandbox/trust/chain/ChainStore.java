package org.actsandbox.sandbox.trust.chain;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
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

  private static final String ANCHOR =
      "select height, record_id, channel, submitter, anchor, anchored_at from trust_anchor";

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

  /** Adds anchors by one statement, whose text is the same for any number of them. */
  void add(List<Row> rows) {
    jdbc.sql(
            """
            insert into trust_anchor
              (world, height, record_id, channel, submitter, anchor, anchored_at)
            select cast(? as varchar), made.height, made.record_id, made.channel, made.submitter,
              made.anchor, cast(made.anchored_at as timestamp(6) with time zone)
            from unnest(cast(? as bigint array), cast(? as varchar array), cast(? as varchar array),
              cast(? as varchar array), cast(? as varchar array), cast(? as varchar array))
              as made (height, record_id, channel, submitter, anchor, anchored_at)
            """)
        .param(world)
        .param(rows.stream().map(Row::height).toArray(Long[]::new))
        .param(texts(rows, Row::recordId))
        .param(texts(rows, Row::channel))
        .param(texts(rows, Row::submitter))
        .param(texts(rows, Row::anchor))
        .param(texts(rows, row -> row.anchoredAt().toString()))
        .update();
  }

  void addNodes(List<Node> nodes) {
    jdbc.sql(
            """
            insert into trust_node (world, place, hash)
            select cast(? as varchar), made.place, made.hash
            from unnest(cast(? as bigint array), cast(? as varchar array)) as made (place, hash)
            """)
        .param(world)
        .param(nodes.stream().map(node -> node.place().number()).toArray(Long[]::new))
        .param(texts(nodes, node -> Base64Url.encode(node.hash())))
        .update();
  }

  void add(TreeHead head) {
    jdbc.sql("insert into trust_head (world, tree_size, head) values (?, ?, ?)")
        .params(world, head.treeSize(), Json.write(head))
        .update();
  }

  /**
   * Reads nodes in one statement, but each by its own key: an outer join keeps H2 from beginning
   * with all nodes of the world, which it does for {@code place in (...)}.
   */
  Map<NodePosition, byte[]> nodes(Collection<NodePosition> nodePositions) {
    var found = new HashMap<NodePosition, byte[]>();
    jdbc.sql(
            """
            select node.place, node.hash from unnest(cast(? as bigint array)) as wanted (place)
            left join trust_node node on node.world = ? and node.place = wanted.place
            """)
        .param(nodePositions.stream().map(NodePosition::number).toArray(Long[]::new))
        .param(world)
        .query(
            row -> {
              var hash = row.getString(2);
              if (hash != null) {
                var nodePosition = NodePosition.ofNumber(row.getLong(1));
                var stored = Base64Url.decode(hash).orElse(new byte[0]);
                found.put(nodePosition, evidenceView.node(nodePosition, stored));
              }
            });
    return found;
  }

  Optional<Row> find(String recordId) {
    return jdbc.sql(ANCHOR + " where world = ? and record_id = ?")
        .params(world, recordId)
        .query((row, _) -> read(row))
        .optional()
        .flatMap(this::viewed);
  }

  /** Finds the anchors of several records in one statement, but each by its own key. */
  Map<String, Row> find(List<String> recordIds) {
    var found = new HashMap<String, Row>();
    jdbc.sql(
            """
            select anchor.height, anchor.record_id, anchor.channel, anchor.submitter,
              anchor.anchor, anchor.anchored_at
            from unnest(cast(? as varchar array)) as wanted (record_id)
            left join trust_anchor anchor
              on anchor.world = ? and anchor.record_id = wanted.record_id
            """)
        .param(recordIds.toArray(String[]::new))
        .param(world)
        .query(
            row -> {
              if (row.getString(2) != null) {
                var anchor = read(row);
                viewed(anchor).ifPresent(seen -> found.put(anchor.recordId(), seen));
              }
            });
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
    return jdbc.sql(ANCHOR + " where world = ? and height > ? order by height limit ?")
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

  private static <T> String[] texts(List<T> rows, Function<T, String> value) {
    return rows.stream().map(value).toArray(String[]::new);
  }
}
