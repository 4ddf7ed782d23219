package org.actsandbox.merchants.deposit;

import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import org.actsandbox.merchants.MerchantContext;
import org.actsandbox.protocol.commerce.Deposit;
import org.actsandbox.protocol.commerce.Offer;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.money.Money;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.wire.JsonMessage;

/** Keeps how high a deposit a merchant takes; without a policy it takes none. */
public final class DepositPolicies {

  /** Ours: a deposit beyond this is a typing error. */
  private static final Money MOST = Money.fen(10_000_000);

  private final MerchantContext merchantContext;

  public DepositPolicies(MerchantContext merchantContext) {
    this.merchantContext = merchantContext;
  }

  /**
   * Represents the policy of a merchant.
   *
   * @param amount decimal string; {@code 0.00} for no deposit
   * @param purpose the purpose for which a query about credit must be authorized
   */
  public record Policy(String amount, String currency, String purpose) {}

  /** Represents what staff asks for. */
  public record Change(String amount) {}

  public Policy current() {
    return policy(amount().orElse(Money.zero(Money.CNY)));
  }

  /**
   * Changes the deposit of orders from now on; {@code 0.00} ends it.
   *
   * @throws Refusal {@code invalid_field}, also for a merchant whose goods have no deposit
   */
  public Policy change(byte[] body) {
    var wanted = amount(JsonMessage.parse(body).bind(Change.class).amount());
    if (!merchantContext.vertical().takesDeposits()) {
      throw new Refusal(Problem.INVALID_FIELD, "this merchant sells nothing with a deposit")
          .at("amount")
          .remedy("Choose a merchant that sells hotel stays.");
    }
    merchantContext
        .world()
        .inTransaction(
            () -> {
              remove();
              return wanted.isZero() || add(wanted);
            });
    return policy(wanted);
  }

  private static Policy policy(Money amount) {
    return new Policy(amount.decimal(), amount.currency().getCurrencyCode(), Deposit.PURPOSE);
  }

  private static Money amount(String decimal) {
    try {
      var amount = Money.of(decimal, Money.CNY);
      if (!amount.moreThan(MOST)) {
        return amount;
      }
    } catch (IllegalArgumentException notAnAmount) {
      throw wrong(decimal);
    }
    throw wrong(decimal);
  }

  private static Refusal wrong(String decimal) {
    return new Refusal(Problem.INVALID_FIELD, "this is no amount of a deposit")
        .at("amount")
        .expected("a decimal string from 0.00 to " + MOST.decimal())
        .observed(decimal);
  }

  private void remove() {
    merchantContext
        .world()
        .jdbc()
        .sql("delete from merchant_deposit_policy where world = ? and merchant = ?")
        .params(merchantContext.partition(), merchantContext.id())
        .update();
  }

  private boolean add(Money amount) {
    merchantContext.depositPolicy().beforeAdding();
    return merchantContext
            .world()
            .jdbc()
            .sql(
                """
                insert into merchant_deposit_policy (world, merchant, amount_minor, currency)
                values (?, ?, ?, ?)
                """)
            .params(
                merchantContext.partition(),
                merchantContext.id(),
                amount.minorUnits(),
                amount.currency().getCurrencyCode())
            .update()
        == 1;
  }

  private Optional<Money> amount() {
    return merchantContext
        .world()
        .jdbc()
        .sql(
            """
            select amount_minor, currency from merchant_deposit_policy
            where world = ? and merchant = ?
            """)
        .params(merchantContext.partition(), merchantContext.id())
        .query((row, _) -> new Money(row.getLong(1), Currency.getInstance(row.getString(2))))
        .optional();
  }

  /** Adds the deposit to offers, so that their totals are what a buyer pays. */
  public List<Offer> addTo(List<Offer> offers) {
    if (offers.isEmpty()
        || !merchantContext.vertical().takesDeposits()
        || !merchantContext.depositPolicy().isPossible(() -> amount().isPresent())) {
      return offers;
    }
    return amount()
        .map(deposit -> offers.stream().map(offer -> with(offer, deposit)).toList())
        .orElse(offers);
  }

  private static Offer with(Offer offer, Money deposit) {
    var lines = new ArrayList<>(offer.lines());
    lines.add(line(deposit));
    return new Offer(
        offer.offerId(),
        offer.itemId(),
        offer.merchantId(),
        offer.merchantDid(),
        offer.kind(),
        offer.title(),
        offer.category(),
        offer.quantity(),
        List.copyOf(lines),
        Money.of(offer.total(), offer.currency()).plus(deposit).decimal(),
        offer.currency(),
        offer.available(),
        offer.validUntil(),
        offer.detailRef(),
        offer.details(),
        offer.policy(),
        offer.note());
  }

  /** Returns the price line of a deposit. */
  public static Offer.PriceLine line(Money deposit) {
    return new Offer.PriceLine(
        Deposit.LINE,
        new Text("Deposit, comes back after the stay", "押金，离店后退还"),
        deposit.decimal());
  }
}
