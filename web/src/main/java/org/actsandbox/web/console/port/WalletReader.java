package org.actsandbox.web.console.port;

import java.util.List;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.wire.Page;
import org.actsandbox.sandbox.psp.endpoint.Wallet;
import org.actsandbox.sandbox.psp.instrument.Instrument.InstrumentView;
import org.actsandbox.sandbox.psp.instrument.InstrumentBindings;
import org.actsandbox.sandbox.psp.instrument.PinState;
import org.actsandbox.sandbox.psp.ledger.Ledger.StatementLine;
import org.actsandbox.sandbox.psp.subaccount.SubAccounts.SubAccountView;
import org.actsandbox.sandbox.world.World;
import org.jspecify.annotations.Nullable;

/** Reads what a principal owns: accounts, instruments, sub-accounts of agents. */
public interface WalletReader {

  Wallet wallet(World world, Did principal);

  PinState pin(World world, Did principal);

  /**
   * Returns the account statement, newest first.
   *
   * @param account balance | card
   * @param size the lines of a page
   * @throws org.actsandbox.protocol.refusal.Refusal {@code invalid_field} for any other account
   */
  Page<StatementLine> statement(
      World world, Did principal, String account, @Nullable String cursor, int size);

  /** Returns the newest instruments as their principal may see them. */
  List<InstrumentView> instruments(World world, Did principal);

  /**
   * Returns a requested binding of an instrument to an agent (PSD-1).
   *
   * @throws org.actsandbox.protocol.refusal.Refusal {@code not_found} if the principal has none of
   *     this id
   */
  InstrumentBindings.Shown binding(World world, Did principal, String bindingId);

  Page<SubAccountView> subAccounts(World world, Did principal, @Nullable String cursor);

  /**
   * @throws org.actsandbox.protocol.refusal.Refusal {@code sub_account_unknown} if the principal
   *     has none of this id
   */
  SubAccountView subAccount(World world, Did principal, String subAccountId);

  Page<StatementLine> subAccountStatement(
      World world, Did principal, String subAccountId, @Nullable String cursor);
}
