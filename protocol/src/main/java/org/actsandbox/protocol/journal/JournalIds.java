package org.actsandbox.protocol.journal;

/** Lists the names of the identifiers that connect journal entries. */
public final class JournalIds {

  public static final String INTENT_ID = "intent_id";
  public static final String CONVERSATION_ID = "conversation_id";
  public static final String DELEGATION_ID = "delegation_id";
  public static final String ORDER_NO = "order_no";
  public static final String TRADE_NO = "trade_no";
  public static final String RESOURCE_ID = "resource_id";

  private JournalIds() {}
}
