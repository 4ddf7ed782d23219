package org.actsandbox.agent.purchase;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.actsandbox.agent.AgentWorld;
import org.actsandbox.agent.search.RankedOffer;
import org.actsandbox.protocol.json.Json;
import org.jspecify.annotations.Nullable;

/** Stores the purchases of one world. */
public final class Purchases {

  private final AgentWorld world;

  public Purchases(AgentWorld world) {
    this.world = world;
  }

  /** Stores what was chosen together in one statement: all of it, or nothing. */
  void add(List<Purchase> together) {
    var rows =
        String.join(
            ", ",
            Collections.nCopies(together.size(), "(?, ?, ?, ?, ?, ?, cast(? as varchar(40)), ?)"));
    var parameters = new ArrayList<@Nullable Object>();
    for (var purchase : together) {
      var delegatedAuthority = purchase.delegated();
      parameters.addAll(
          Arrays.asList(
              world.partition(),
              purchase.purchaseId(),
              purchase.conversationId(),
              purchase.turn(),
              purchase.place(),
              purchase.state().name(),
              delegatedAuthority == null ? null : delegatedAuthority.delegationId(),
              Json.write(purchase)));
    }
    world
        .jdbc()
        .sql(
            """
            insert into agent_purchases
              (world, purchase_id, conversation_id, turn, place, state, delegation_id, document)
            values
            """
                + rows)
        .params(parameters)
        .update();
  }

  Purchase save(Purchase purchase) {
    world
        .jdbc()
        .sql(
            """
            update agent_purchases set state = ?, document = ?, order_no = ?
            where world = ? and purchase_id = ?
            """)
        .params(
            Arrays.<@Nullable Object>asList(
                purchase.state().name(),
                Json.write(purchase),
                purchase.orderNo().isEmpty() ? null : purchase.orderNo(),
                world.partition(),
                purchase.purchaseId()))
        .update();
    return purchase;
  }

  /** Finds the purchases that were chosen together, in their order. */
  public List<Purchase> findByTurn(String conversation, int turn) {
    return world
        .jdbc()
        .sql(
            """
            select document from agent_purchases
            where world = ? and conversation_id = ? and turn = ? order by place
            """)
        .params(world.partition(), conversation, turn)
        .query((row, _) -> Json.read(row.getString(1), Purchase.class))
        .list();
  }

  /** Finds the purchases with this order number; two merchants may use the same one. */
  List<Purchase> findByOrder(String orderNo) {
    return world
        .jdbc()
        .sql("select document from agent_purchases where world = ? and order_no = ?")
        .params(world.partition(), orderNo)
        .query((row, _) -> Json.read(row.getString(1), Purchase.class))
        .list();
  }

  /** Finds all purchases under one authority; its plan bounds their number. */
  public List<Purchase> findByDelegation(String delegationId) {
    return world
        .jdbc()
        .sql("select document from agent_purchases where world = ? and delegation_id = ?")
        .params(world.partition(), delegationId)
        .query((row, _) -> Json.read(row.getString(1), Purchase.class))
        .list();
  }

  /** Finds the latest purchases of all the principal's conversations, newest first. */
  public List<Purchase> latest(int limit) {
    return world
        .jdbc()
        .sql(
            """
            select p.document from agent_conversations c
            join agent_purchases p on p.world = c.world and p.conversation_id = c.conversation_id
            where c.world = ? and c.principal_id = ? and c.created_at >= date '0001-01-01'
            order by c.world desc, c.principal_id desc, c.created_at desc limit ?
            """)
        .params(world.partition(), world.principalDid().value(), limit)
        .query((row, _) -> Json.read(row.getString(1), Purchase.class))
        .list();
  }

  /**
   * Returns the offers whose price the merchant did not keep in the cart, newest first, among the
   * latest purchases of all the principal's conversations.
   */
  public List<RankedOffer> latestUnkeptOffers(int limit) {
    return latest(limit).stream()
        .filter(purchase -> "price_changed".equals(purchase.code()))
        .map(Purchase::shown)
        .toList();
  }

  /** Finds the latest purchases of a conversation, newest first. */
  public List<Purchase> latest(String conversation, int limit) {
    return world
        .jdbc()
        .sql(
            """
            select document from agent_purchases
            where world = ? and conversation_id = ? order by turn desc, place limit ?
            """)
        .params(world.partition(), conversation, limit)
        .query((row, _) -> Json.read(row.getString(1), Purchase.class))
        .list();
  }
}
