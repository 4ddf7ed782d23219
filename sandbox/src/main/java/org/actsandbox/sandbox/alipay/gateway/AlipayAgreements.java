package org.actsandbox.sandbox.alipay.gateway;

import static org.actsandbox.participant.TimeColumns.utc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.actsandbox.participant.TimeColumns;
import org.actsandbox.protocol.money.Money;
import org.actsandbox.sandbox.world.World;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Stores what the delegation family of Alipay's form knows besides delegations and payments. */
final class AlipayAgreements {

  private static final String COLUMNS =
      "select agreement_no, app_id, external_agreement_no, external_delegation_id, tag,"
          + " times_limit, digest from alipay_agreements ";

  private static final String PREPAYS =
      "select prepay_id, trade_no, app_id, order_no, amount_minor, subject, digest, expires_at"
          + " from alipay_prepays ";

  private final World world;
  private final JdbcClient jdbc;

  AlipayAgreements(World world, JdbcClient jdbc) {
    this.world = world;
    this.jdbc = jdbc;
  }

  /** Returns false when the application's number is taken. */
  boolean add(AlipayAgreement added) {
    return jdbc.sql(
                """
                insert into alipay_agreements (world, agreement_no, app_id, external_agreement_no,
                  external_delegation_id, tag, times_limit, digest)
                values (:world, :no, :app, :external, :delegation, :tag, :times, :digest)
                on conflict do nothing
                """)
            .param("world", world.partition())
            .param("no", added.agreementNo())
            .param("app", added.appId())
            .param("external", added.externalAgreementNo())
            .param("delegation", added.externalDelegationId())
            .param("tag", added.tag())
            .param("times", added.timesLimit())
            .param("digest", added.digest())
            .update()
        == 1;
  }

  /** Removes the row of an authority that the delegation service did not take. */
  void remove(AlipayAgreement agreement) {
    jdbc.sql("delete from alipay_agreements where world = ? and agreement_no = ?")
        .params(world.partition(), agreement.agreementNo())
        .update();
  }

  Optional<AlipayAgreement> find(String agreementNo) {
    return jdbc.sql(COLUMNS + "where world = ? and agreement_no = ?")
        .params(world.partition(), agreementNo)
        .query((row, _) -> agreement(row))
        .optional();
  }

  Optional<AlipayAgreement> findExternal(String appId, String externalAgreementNo) {
    return jdbc.sql(COLUMNS + "where world = ? and app_id = ? and external_agreement_no = ?")
        .params(world.partition(), appId, externalAgreementNo)
        .query((row, _) -> agreement(row))
        .optional();
  }

  private static AlipayAgreement agreement(ResultSet row) throws SQLException {
    return new AlipayAgreement(
        row.getString("agreement_no"),
        row.getString("app_id"),
        row.getString("external_agreement_no"),
        row.getString("external_delegation_id"),
        row.getString("tag"),
        row.getObject("times_limit", Integer.class),
        row.getString("digest"));
  }

  /** Returns false when the application's order number is taken. */
  boolean addPrepay(AlipayPrepay added) {
    return jdbc.sql(
                """
                insert into alipay_prepays (world, prepay_id, trade_no, app_id, order_no,
                  amount_minor, subject, digest, expires_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing
                """)
            .params(
                world.partition(),
                added.prepayId(),
                added.tradeNo(),
                added.appId(),
                added.orderNo(),
                added.amount().minorUnits(),
                added.subject(),
                added.digest(),
                utc(added.expiresAt()))
            .update()
        == 1;
  }

  Optional<AlipayPrepay> findPrepay(String prepayId) {
    return jdbc.sql(PREPAYS + "where world = ? and prepay_id = ?")
        .params(world.partition(), prepayId)
        .query((row, _) -> prepay(row))
        .optional();
  }

  Optional<AlipayPrepay> findPrepayOf(String appId, String orderNo) {
    return jdbc.sql(PREPAYS + "where world = ? and app_id = ? and order_no = ?")
        .params(world.partition(), appId, orderNo)
        .query((row, _) -> prepay(row))
        .optional();
  }

  private static AlipayPrepay prepay(ResultSet row) throws SQLException {
    return new AlipayPrepay(
        row.getString("prepay_id"),
        row.getString("trade_no"),
        row.getString("app_id"),
        row.getString("order_no"),
        new Money(row.getLong("amount_minor"), Money.CNY),
        row.getString("subject"),
        row.getString("digest"),
        TimeColumns.instant(row, "expires_at"));
  }
}
