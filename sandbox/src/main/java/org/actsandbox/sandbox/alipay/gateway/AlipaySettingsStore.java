package org.actsandbox.sandbox.alipay.gateway;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.actsandbox.participant.Transactions;
import org.actsandbox.protocol.journal.JournalEvent;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.wire.FieldChecks;
import org.actsandbox.sandbox.alipay.gateway.AlipaySettings.PreparedAnswer;
import org.actsandbox.sandbox.world.World;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Stores the switches of each world; they are kept through resets. */
@Component
public class AlipaySettingsStore {

  private static final int MAX_PREPARED = 20;
  private static final int MAX_TIMES = 1000;
  private static final BigDecimal MIN_AMOUNT = new BigDecimal("0.01");
  private static final BigDecimal MAX_AMOUNT = new BigDecimal("100000000");

  private final JdbcClient jdbc;
  private final Transactions transactions;

  AlipaySettingsStore(JdbcClient jdbc, Transactions transactions) {
    this.jdbc = jdbc;
    this.transactions = transactions;
  }

  public AlipaySettings of(World world) {
    return read(world, false);
  }

  private AlipaySettings read(World world, boolean lock) {
    return jdbc.sql(
            "select settings from alipay_settings where world = ?" + (lock ? " for update" : ""))
        .param(world.keyPartition())
        .query(String.class)
        .optional()
        .map(text -> AlipaySettings.DEFAULT.with(Json.read(text, AlipaySettings.class)))
        .orElse(AlipaySettings.DEFAULT);
  }

  /**
   * Changes what {@code change} states and leaves the rest.
   *
   * @throws Refusal {@code invalid_field}
   */
  public AlipaySettings change(World world, AlipaySettings change) {
    check(change);
    var changed =
        transactions.execute(
            () -> {
              var next = locked(world).with(change);
              write(world, next);
              return next;
            });
    world
        .journal()
        .note(
            new JournalNote(
                "operator",
                JournalNote.Kind.STATE,
                JournalEvent.ALIPAY_SETTINGS_CHANGED,
                Map.of(),
                Map.of("settings", Json.write(changed))));
    return changed;
  }

  private AlipaySettings locked(World world) {
    jdbc.sql(
            "insert into alipay_settings (world, settings) values (?, '{}') on conflict do nothing")
        .param(world.keyPartition())
        .update();
    return read(world, true);
  }

  private void write(World world, AlipaySettings settings) {
    jdbc.sql("update alipay_settings set settings = ? where world = ?")
        .params(Json.write(settings), world.keyPartition())
        .update();
  }

  private static void check(AlipaySettings change) {
    var amount = change.maxAmount();
    if (amount != null
        && (amount.compareTo(MIN_AMOUNT) < 0
            || amount.compareTo(MAX_AMOUNT) > 0
            || amount.scale() > 2)) {
      throw FieldChecks.invalid("max_amount", "0.01 to 100000000, two decimals", amount.toString());
    }
    if (change.prepared().size() > MAX_PREPARED) {
      throw FieldChecks.invalid(
          "prepared_answers", "at most " + MAX_PREPARED, change.prepared().size() + " answers");
    }
    for (var answer : change.prepared()) {
      if (!GatewayMethods.NAMES.contains(answer.method())) {
        throw FieldChecks.invalid(
            "prepared_answers.method", String.join(", ", GatewayMethods.NAMES), answer.method());
      }
      if (SubCode.find(answer.subCode()).isEmpty()) {
        throw FieldChecks.invalid(
            "prepared_answers.sub_code", "a sub_code of the gateway", answer.subCode());
      }
      if (answer.times() < 1 || answer.times() > MAX_TIMES) {
        throw FieldChecks.invalid(
            "prepared_answers.times", "1 to " + MAX_TIMES, String.valueOf(answer.times()));
      }
    }
  }

  /**
   * Takes the next prepared answer of the method, of which each is given as often as it says.
   *
   * @param seen the settings as the call read them: without such an answer nothing is locked
   */
  Optional<SubCode> takePrepared(World world, AlipaySettings seen, String method) {
    if (seen.prepared().stream().noneMatch(each -> each.method().equals(method))) {
      return Optional.empty();
    }
    return transactions.execute(
        () -> {
          var settings = locked(world);
          var left = new ArrayList<PreparedAnswer>();
          Optional<SubCode> taken = Optional.empty();
          for (var each : settings.prepared()) {
            if (taken.isEmpty() && each.method().equals(method)) {
              taken = SubCode.find(each.subCode());
              if (each.times() > 1) {
                left.add(new PreparedAnswer(each.method(), each.subCode(), each.times() - 1));
              }
            } else {
              left.add(each);
            }
          }
          write(
              world,
              settings.with(
                  new AlipaySettings(
                      null, null, null, null, null, null, null, null, List.copyOf(left))));
          return taken;
        });
  }
}
