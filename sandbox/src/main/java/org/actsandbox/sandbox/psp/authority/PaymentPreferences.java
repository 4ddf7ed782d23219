package org.actsandbox.sandbox.psp.authority;

import java.util.Map;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.rule.ActComponent;
import org.actsandbox.sandbox.psp.PspWorld;
import org.actsandbox.sandbox.psp.instrument.Pins;
import org.jspecify.annotations.Nullable;

/** What a principal wishes for all its payments. */
public final class PaymentPreferences {

  private final PspWorld world;
  private final Pins pins;

  public PaymentPreferences(PspWorld world, Pins pins) {
    this.world = world;
    this.pins = pins;
  }

  /**
   * @param askEveryPayment confirm also what was delegated
   */
  public record View(boolean askEveryPayment) {}

  /**
   * @param pin needed to be asked less often
   */
  public record PreferenceRequest(boolean askEveryPayment, @Nullable String pin) {

    @Override
    public String toString() {
      return "Wish[askEveryPayment=" + askEveryPayment + "]";
    }
  }

  /**
   * @throws Refusal {@code not_found} for who has no account here
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
  public PaymentPreferences.View set(
      Did principal, PaymentPreferences.PreferenceRequest preferenceRequest) {
    if (!preferenceRequest.askEveryPayment() && get(principal).askEveryPayment()) {
      pins.require(principal, preferenceRequest.pin(), "be asked for fewer payments");
    }
    world
        .jdbc()
        .sql(
            """
            insert into psp_preference (world, principal_id, ask_every_payment) values (?, ?, ?)
            on conflict do nothing
            """)
        .params(world.partition(), principal.value(), preferenceRequest.askEveryPayment())
        .update();
    world
        .jdbc()
        .sql("update psp_preference set ask_every_payment = ? where world = ? and principal_id = ?")
        .params(preferenceRequest.askEveryPayment(), world.partition(), principal.value())
        .update();
    world.note(
        JournalNote.Kind.STATE,
        ActComponent.PSD_PAY_DEL,
        "preference-changed",
        Map.of(),
        world.withPrincipal(
            principal,
            Map.of("ask_every_payment", String.valueOf(preferenceRequest.askEveryPayment()))));
    return get(principal);
  }
}
