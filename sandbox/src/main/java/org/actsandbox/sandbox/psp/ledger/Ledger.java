package org.actsandbox.sandbox.psp.ledger;

import static org.actsandbox.participant.TimeColumns.utc;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import org.actsandbox.participant.TimeColumns;
import org.actsandbox.protocol.money.Money;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.wire.Page;
import org.actsandbox.protocol.wire.PageCursor;
import org.actsandbox.sandbox.psp.PspWorld;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Keeps the double-entry accounts of one world. Every method that books runs in the caller's
 * transaction.
 */
public final class Ledger implements LedgerPort {

  private final String world;
  private final JdbcClient jdbc;

  public Ledger(PspWorld world) {
    this.world = world.partition();
    this.jdbc = world.jdbc();
  }

  /**
   * Represents an account and its balance.
   *
   * @param balanceMinor the balance in the minor unit; negative only for {@link
   *     AccountNumbers#OUTSIDE}
   */
  public record Account(String accountNo, long balanceMinor, Currency currency) {

    public String decimal() {
      return (balanceMinor < 0 ? "-" : "") + new Money(Math.abs(balanceMinor), currency).decimal();
    }
  }

  /**
   * Represents one line of a statement; accounts of principals are named by their kind.
   *
   * @param amount decimal string, negative for money that left
   * @param kind payment | refund | opening | top_up | give_back
   */
  public record StatementLine(
      Instant at,
      String account,
      String kind,
      String amount,
      String currency,
      String counterAccount,
      @Nullable String tradeNo) {}

  /** Opens an empty account; a repetition changes nothing. */
  public void open(String accountNo, Currency currency) {
    jdbc.sql(
            """
            insert into psp_account (world, account_no, currency, balance_minor)
            values (?, ?, ?, 0) on conflict do nothing
            """)
        .params(world, accountNo, currency.getCurrencyCode())
        .update();
  }

  /**
   * Books a transfer: three statements, none of which can leave the sum other than zero.
   *
   * @throws Refusal {@code insufficient_balance}. If {@code from} sorts before {@code to}, nothing
   *     was touched; else the caller rolls back.
   */
  @Override
  public void book(Transfer transfer) {
    if (transfer.from().compareTo(transfer.to()) < 0) {
      debit(transfer);
      credit(transfer);
    } else {
      credit(transfer);
      debit(transfer);
    }
    insertEntries(transfer);
  }

  /**
   * Tells whether the transfer is booked with the same content; empty when nothing is booked under
   * its number.
   */
  public Optional<Boolean> isBooked(Transfer transfer) {
    return jdbc.sql(
            """
            select amount_minor, currency, counter_account from psp_entry
            where world = ? and transfer_no = ? and account_no = ?
            """)
        .params(world, transfer.transferNo(), transfer.to())
        .query(
            (row, _) ->
                row.getLong(1) == transfer.amount().minorUnits()
                    && row.getString(2).equals(transfer.amount().currency().getCurrencyCode())
                    && row.getString(3).equals(transfer.from()))
        .optional();
  }

  public Optional<Account> find(String accountNo) {
    return jdbc.sql(
            """
            select account_no, balance_minor, currency from psp_account
            where world = ? and account_no = ?
            """)
        .params(world, accountNo)
        .query((row, _) -> account(row.getString(1), row.getLong(2), row.getString(3)))
        .optional();
  }

  /**
   * Lists all accounts: the principals', one per merchant that was ever paid, and {@link
   * AccountNumbers#OUTSIDE}.
   */
  public List<Account> all() {
    return jdbc.sql(
            """
            select account_no, balance_minor, currency from psp_account
            where world = ? order by account_no limit 1000
            """)
        .params(world)
        .query((row, _) -> account(row.getString(1), row.getLong(2), row.getString(3)))
        .list();
  }

  /**
   * Returns the sum of all balances: {@code 0} unless the ledger is broken. It is one statement, so
   * that no transfer is half in it.
   */
  public String sum() {
    return jdbc.sql("select coalesce(sum(balance_minor), 0) from psp_account where world = ?")
        .params(world)
        .query(BigDecimal.class)
        .single()
        .toPlainString();
  }

  /** Lists the entries of an account, newest first. */
  public Page<StatementLine> statement(String accountNo, @Nullable String cursor) {
    return statement(accountNo, cursor, PageCursor.PAGE);
  }

  /** Lists the entries of an account, newest first, so many on a page. */
  public Page<StatementLine> statement(String accountNo, @Nullable String cursor, int size) {
    var from = PageCursor.parse(cursor);
    var rows =
        jdbc.sql(
                """
                select booked_at, transfer_no, account_no, amount_minor, currency,
                  counter_account, trade_no
                from psp_entry
                where world = ? and account_no = ?
                  and booked_at <= ? and (booked_at < ? or transfer_no < ?)
                order by world, account_no, booked_at desc, transfer_no desc limit ?
                """)
            .params(world, accountNo, utc(from.at()), utc(from.at()), from.id(), size + 1)
            .query(
                (row, _) ->
                    new Line(
                        row.getString(2),
                        new StatementLine(
                            TimeColumns.instant(row, 1),
                            AccountNumbers.kind(row.getString(3)),
                            Transfer.kind(row.getString(2)),
                            account("", row.getLong(4), row.getString(5)).decimal(),
                            row.getString(5),
                            AccountNumbers.kind(row.getString(6)),
                            row.getString(7))))
            .list();
    return PageCursor.page(
        rows, size, line -> new PageCursor(line.shown.at(), line.transferNo), Line::shown);
  }

  /**
   * Returns the payment of a trade and its refunds as they are booked, the payment first. It is
   * empty before the payment.
   *
   * @param refundNos numbers of the refunds, of which those that are not booked are left out
   */
  public List<Transfer> ofTrade(String tradeNo, List<String> refundNos) {
    var numbers = new ArrayList<String>();
    numbers.add(Transfer.paymentNo(tradeNo));
    refundNos.forEach(refundNo -> numbers.add(Transfer.refundNo(refundNo)));
    return jdbc.sql(
            """
            select transfer_no, account_no, counter_account, amount_minor, currency, trade_no,
              booked_at
            from psp_entry
            where world = :world and transfer_no in (:numbers) and trade_no = :trade
              and amount_minor < 0
            order by booked_at, transfer_no
            """)
        .param("world", world)
        .param("numbers", numbers)
        .param("trade", tradeNo)
        .query(
            (row, _) ->
                new Transfer(
                    row.getString(1),
                    row.getString(2),
                    row.getString(3),
                    new Money(-row.getLong(4), Currency.getInstance(row.getString(5))),
                    row.getString(6),
                    TimeColumns.instant(row, 7)))
        .list();
  }

  private record Line(String transferNo, StatementLine shown) {}

  private void debit(Transfer transfer) {
    int done =
        jdbc.sql(
                """
                update psp_account set balance_minor = balance_minor - ?
                where world = ? and account_no = ? and currency = ?
                  and (balance_minor >= ? or account_no = 'outside')
                """)
            .params(
                transfer.amount().minorUnits(),
                world,
                transfer.from(),
                transfer.amount().currency().getCurrencyCode(),
                transfer.amount().minorUnits())
            .update();
    if (done == 0) {
      throw new Refusal(
              Problem.INSUFFICIENT_BALANCE, "the account does not hold " + transfer.amount())
          .at("amount")
          .observed(transfer.amount().toString())
          .remedy("Pay with another instrument, or top up.");
    }
  }

  private void credit(Transfer transfer) {
    if (tryCredit(transfer)) {
      return;
    }
    // This is the first payment to the payee; the primary key keeps a racing one from opening it
    // twice.
    open(transfer.to(), transfer.amount().currency());
    if (!tryCredit(transfer)) {
      throw new IllegalStateException(
          "account %s is kept in another currency than %s"
              .formatted(transfer.to(), transfer.amount()));
    }
  }

  private boolean tryCredit(Transfer transfer) {
    return jdbc.sql(
                """
                update psp_account set balance_minor = balance_minor + ?
                where world = ? and account_no = ? and currency = ?
                """)
            .params(
                transfer.amount().minorUnits(),
                world,
                transfer.to(),
                transfer.amount().currency().getCurrencyCode())
            .update()
        == 1;
  }

  private void insertEntries(Transfer transfer) {
    var at = utc(transfer.bookedAt());
    long minor = transfer.amount().minorUnits();
    var currency = transfer.amount().currency().getCurrencyCode();
    jdbc.sql(
            """
            insert into psp_entry (world, transfer_no, account_no, amount_minor, currency,
              counter_account, trade_no, booked_at)
            values (:world, :no, :from, :minus, :currency, :to, :trade, :at),
              (:world, :no, :to, :plus, :currency, :from, :trade, :at)
            """)
        .param("world", world)
        .param("no", transfer.transferNo())
        .param("from", transfer.from())
        .param("to", transfer.to())
        .param("minus", -minor)
        .param("plus", minor)
        .param("currency", currency)
        .param("trade", transfer.tradeNo())
        .param("at", at)
        .update();
  }

  private static Account account(String accountNo, long minor, String currency) {
    return new Account(accountNo, minor, Currency.getInstance(currency));
  }
}
