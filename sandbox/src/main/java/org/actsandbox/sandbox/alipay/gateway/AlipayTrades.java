package org.actsandbox.sandbox.alipay.gateway;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.actsandbox.sandbox.key.Hmac;
import org.actsandbox.sandbox.world.World;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Stores the payments of a world that began in Alipay's form, and makes their numbers. */
public final class AlipayTrades {

  private static final String COLUMNS =
      "select trade_no, app_id, buyer, product, lenient, proof, subject, notify_url, return_url"
          + " from alipay_trades ";

  private static final DateTimeFormatter DATE = DateTimeFormatter.BASIC_ISO_DATE;

  private static final long FIFTEEN_DIGITS = 1_000_000_000_000_000L;

  private final World world;
  private final JdbcClient jdbc;
  private final Hmac proofs;

  AlipayTrades(World world, JdbcClient jdbc) {
    this.world = world;
    this.jdbc = jdbc;
    this.proofs = new Hmac(world.keys().derived("alipay payment proof"));
  }

  /** Returns a new number: 28 digits that begin with the date (AIP-310). */
  public String newTradeNo() {
    var date = DATE.format(world.clock().instant().atZone(World.ZONE).toLocalDate());
    var digest = proofs.of("trade number " + world.ids().next("T"));
    var number = new BigInteger(1, digest).mod(BigInteger.valueOf(FIFTEEN_DIGITS));
    return date + "22001" + "%015d".formatted(number);
  }

  /** Returns whether the number has the form of the gateway's own, so that others are not asked. */
  static boolean isNumber(String tradeNo) {
    return tradeNo.length() == 28 && tradeNo.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  /** Returns the proof of a payment, which only the world's secret tells. */
  public String proof(String tradeNo) {
    return HexFormat.of().formatHex(proofs.of(tradeNo.getBytes(StandardCharsets.UTF_8)));
  }

  public void add(AlipayTrade trade) {
    jdbc.sql(
            """
            insert into alipay_trades (world, trade_no, app_id, buyer, product, lenient, proof,
              subject, notify_url, return_url)
            values (:world, :trade, :app, :buyer, :product, :lenient, :proof, :subject, :notify,
              :return)
            """)
        .param("world", world.partition())
        .param("trade", trade.tradeNo())
        .param("app", trade.appId())
        .param("buyer", trade.buyer())
        .param("product", trade.product())
        .param("lenient", trade.lenient())
        .param("proof", trade.proof())
        .param("subject", trade.subject())
        .param("notify", trade.notifyUrl())
        .param("return", trade.returnUrl())
        .update();
  }

  /** Removes the row of a payment that was not opened. */
  public void remove(String tradeNo) {
    jdbc.sql("delete from alipay_trades where world = ? and trade_no = ?")
        .params(world.partition(), tradeNo)
        .update();
  }

  /** Represents a refund by the seller's number, and by the number that ACT's refund has. */
  record NumberedRefund(String refundRequestId, String outRequestNo) {}

  /** Keeps the seller's number of a refund, before the refund is made. */
  void addRefund(String tradeNo, NumberedRefund refund) {
    jdbc.sql(
            """
            insert into alipay_refunds (world, trade_no, refund_request_id, out_request_no)
            values (?, ?, ?, ?) on conflict do nothing
            """)
        .params(world.partition(), tradeNo, refund.refundRequestId(), refund.outRequestNo())
        .update();
  }

  /** Lists the refunds that were asked for, those that were refused included. */
  List<NumberedRefund> refunds(String tradeNo) {
    return jdbc.sql(
            """
            select refund_request_id, out_request_no from alipay_refunds
            where world = ? and trade_no = ? order by refund_request_id
            """)
        .params(world.partition(), tradeNo)
        .query((row, _) -> new NumberedRefund(row.getString(1), row.getString(2)))
        .list();
  }

  public Optional<AlipayTrade> find(String tradeNo) {
    return jdbc.sql(COLUMNS + "where world = ? and trade_no = ?")
        .params(world.partition(), tradeNo)
        .query((row, _) -> trade(row))
        .optional();
  }

  /** Finds the payment to which a proof of the gateway belongs. */
  Optional<AlipayTrade> findByProof(String proof) {
    return jdbc.sql(COLUMNS + "where world = ? and proof = ?")
        .params(world.partition(), proof)
        .query((row, _) -> trade(row))
        .optional();
  }

  private static AlipayTrade trade(ResultSet row) throws SQLException {
    return new AlipayTrade(
        row.getString("trade_no"),
        row.getString("app_id"),
        row.getString("buyer"),
        row.getString("product"),
        row.getBoolean("lenient"),
        row.getString("proof"),
        row.getString("subject"),
        row.getString("notify_url"),
        row.getString("return_url"));
  }
}
