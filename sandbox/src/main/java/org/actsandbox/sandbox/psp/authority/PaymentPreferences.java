package org.actsandbox.sandbox.psp.authority;

import java.util.Map;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.journal.JournalEvent;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.wire.MistakeCollector;
import org.actsandbox.protocol.wire.ValueCheckedRequest;
import org.actsandbox.sandbox.psp.PspWorld;
import org.actsandbox.sandbox.psp.instrument.Pins;
import org.jspecify.annotations.Nullable;

/** Stores the payment preferences of principals. */
public final class PaymentPreferences {

  private final PspWorld world;
  private final Pins pins;

  public PaymentPreferences(PspWorld world, Pins pins) {
    this.world = world;
    this.pins = pins;
  }

  /**
   * Represents the preferences of a principal as they are shown.
   *
   * @param askEveryPayment whether the principal also confirms delegated payments
   */
  public record View(boolean askEveryPayment) {}

  /**
   * Represents the request body that changes a principal's preferences.
   *
   * @param pin the payment PIN; needed only to turn {@code askEveryPayment} off
   */
  public record PreferenceRequest(boolean askEveryPayment, @Nullable String pin)
      implements ValueCheckedRequest {

    @Override
    public void checkValues(MistakeCollector mistakes) {
      mistakes.pin("pin", pin);
    }

    @Override
    public String toString() {
      return "PreferenceRequest[askEveryPayment=" + askEveryPayment + "]";
    }
  }

  /**
   * @throws Refusal {@code not_found} for a principal without an account here
   */
  public PaymentPreferences.View get(Did principal) {
    if (!world.principals().has(principal)) {
      throw new Refusal(Problem.NOT_FOUND, "there is no such principal")
          .at("principal_id")
          .observed(principal.value());
    }
    return new PaymentPreferences.View(
        world
            .jdbc()
            .sql(
                "select ask_every_payment from psp_preference where world = ? and principal_id = ?")
            .params(world.partition(), principal.value())
            .query(Boolean.class)
            .optional()
            .orElse(world.authority().askEveryPayment().test(principal)));
  }

  /**
   * @throws Refusal {@code pin_wrong}, {@code pin_locked}
   */
  public PaymentPreferences.View set(Did principal, PaymentPreferences.PreferenceRequest request) {
    if (!request.askEveryPayment() && get(principal).askEveryPayment()) {
      pins.require(principal, request.pin(), "be asked for fewer payments");
    }
    world
        .jdbc()
        .sql(
            """
            insert into psp_preference (world, principal_id, ask_every_payment) values (?, ?, ?)
            on conflict do nothing
            """)
        .params(world.partition(), principal.value(), request.askEveryPayment())
        .update();
    world
        .jdbc()
        .sql("update psp_preference set ask_every_payment = ? where world = ? and principal_id = ?")
        .params(request.askEveryPayment(), world.partition(), principal.value())
        .update();
    world.note(
        JournalNote.Kind.STATE,
        JournalEvent.PREFERENCE_CHANGED,
        Map.of(),
        world.withPrincipal(
            principal, Map.of("ask_every_payment", String.valueOf(request.askEveryPayment()))));
    return get(principal);
  }
}
