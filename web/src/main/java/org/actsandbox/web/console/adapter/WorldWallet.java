package org.actsandbox.web.console.adapter;

import java.util.List;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.wire.Page;
import org.actsandbox.sandbox.psp.endpoint.Psp;
import org.actsandbox.sandbox.psp.endpoint.Wallet;
import org.actsandbox.sandbox.psp.instrument.Instrument;
import org.actsandbox.sandbox.psp.instrument.Instrument.InstrumentView;
import org.actsandbox.sandbox.psp.instrument.InstrumentBindings;
import org.actsandbox.sandbox.psp.instrument.PinState;
import org.actsandbox.sandbox.psp.ledger.AccountNumbers;
import org.actsandbox.sandbox.psp.ledger.Ledger.StatementLine;
import org.actsandbox.sandbox.psp.subaccount.SubAccounts.SubAccountView;
import org.actsandbox.sandbox.world.World;
import org.actsandbox.web.console.port.WalletReader;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads accounts and instruments from the payment service of the world. */
@Component
class WorldWallet implements WalletReader {

  @Override
  public Wallet wallet(World world, Did principal) {
    return Wallet.of(psp(world).ledger(), principal, pin(world, principal));
  }

  @Override
  public PinState pin(World world, Did principal) {
    return psp(world).pins().state(principal);
  }

  @Override
  public Page<StatementLine> statement(
      World world, Did principal, String account, @Nullable String cursor, int size) {
    var number = AccountNumbers.of(principal, Wallet.requireAccount(account));
    return psp(world).ledger().statement(number, cursor, size);
  }

  @Override
  public List<InstrumentView> instruments(World world, Did principal) {
    return psp(world).instruments().newest(principal, null, null).items().stream()
        .map(Instrument::shownToPrincipal)
        .toList();
  }

  @Override
  public InstrumentBindings.Shown binding(World world, Did principal, String bindingId) {
    return psp(world).bindings().show(principal, bindingId);
  }

  @Override
  public Page<SubAccountView> subAccounts(World world, Did principal, @Nullable String cursor) {
    return psp(world).subAccounts().newest(principal, null, cursor);
  }

  @Override
  public SubAccountView subAccount(World world, Did principal, String subAccountId) {
    var accounts = psp(world).subAccounts();
    return accounts.view(accounts.of(principal, subAccountId));
  }

  @Override
  public Page<StatementLine> subAccountStatement(
      World world, Did principal, String subAccountId, @Nullable String cursor) {
    var account = psp(world).subAccounts().of(principal, subAccountId);
    return psp(world).ledger().statement(account.account(), cursor);
  }

  private static Psp psp(World world) {
    return world.participant(Psp.class);
  }
}
