package org.actsandbox.sandbox.psp.authority;

import java.util.Map;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.sandbox.psp.PspWorld;
import org.actsandbox.sandbox.psp.instrument.Pins;
import org.jspecify.annotations.Nullable;

/** What the principal wishes for all payments. */
public final class Preferences {

  private final PspWorld world;
  private final Pins pins;

  public Preferences(PspWorld world, Pins pins) {
    this.world = world;
    this.pins = pins;
  }

  /**
   * @param askEveryPayment confirm also what was delegated
   */
  public record Shown(boolean askEveryPayment) {}

  /**
   * @param pin needed to be asked less often
   */
  public record Wish(boolean askEveryPayment, @Nullable String pin) {

    @Override
    public String toString() {
      return "Wish[askEveryPayment=" + askEveryPayment + "]";
    }
  }

  public Shown get() {
    return new Shown(
        world
            .jdbc()
            .sql("select ask_every_payment from psp_preference where world = ?")
            .param(world.partition())
            .query(Boolean.class)
            .optional()
            .orElse(world.authority().askEveryPayment()));
  }

  /**
   * @throws org.actsandbox.protocol.refusal.Refusal {@code pin_wrong}, {@code pin_locked}
   */
  public Shown set(Wish wish) {
    if (!wish.askEveryPayment() && get().askEveryPayment()) {
      pins.require(wish.pin(), "be asked for fewer payments");
    }
    world
        .jdbc()
        .sql(
            """
            insert into psp_preference (world, ask_every_payment) values (?, ?)
            on conflict do nothing
            """)
        .params(world.partition(), wish.askEveryPayment())
        .update();
    world
        .jdbc()
        .sql("update psp_preference set ask_every_payment = ? where world = ?")
        .params(wish.askEveryPayment(), world.partition())
        .update();
    world.note(
        JournalNote.Kind.STATE,
        "PSD-PAY-DEL",
        "preference-changed",
        Map.of(),
        Map.of("ask_every_payment", String.valueOf(wish.askEveryPayment())));
    return get();
  }
}
