package org.actsandbox.sandbox.world;

import java.time.Clock;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.actsandbox.sandbox.fault.FaultTable;
import org.actsandbox.sandbox.journal.storage.Journals;
import org.actsandbox.sandbox.key.PinSecret;
import org.actsandbox.sandbox.key.RoleKeys;
import org.actsandbox.sandbox.world.clock.WorldWakeUpTimer;
import org.actsandbox.sandbox.world.id.IdBlocks;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionTemplate;

/** Creates the services that all worlds share. */
@Component
class SharedWorldServicesFactory {

  private final Clock machine;
  private final JdbcClient jdbc;
  private final TransactionOperations transactions;
  private final WorldTable table;
  private final Journals journals;
  private final FaultTable faultTable;
  private final RoleKeys roleKeys;
  private final PinSecret pinSecret;
  private final ServerAddresses serverAddresses;
  private final ObjectProvider<ParticipantFactory<?>> factories;
  private final DataSource background;

  SharedWorldServicesFactory(
      Clock machine,
      JdbcClient jdbc,
      TransactionOperations transactions,
      WorldTable table,
      Journals journals,
      FaultTable faultTable,
      RoleKeys roleKeys,
      PinSecret pinSecret,
      ServerAddresses serverAddresses,
      ObjectProvider<ParticipantFactory<?>> factories,
      @Qualifier("backgroundConnections") DataSource background) {
    this.machine = machine;
    this.jdbc = jdbc;
    this.transactions = transactions;
    this.table = table;
    this.journals = journals;
    this.faultTable = faultTable;
    this.roleKeys = roleKeys;
    this.pinSecret = pinSecret;
    this.serverAddresses = serverAddresses;
    this.factories = factories;
    this.background = background;
  }

  /**
   * @param fireDue called by the timer with a world's name
   */
  SharedWorldServices create(Consumer<String> fireDue) {
    var backgroundJdbc = JdbcClient.create(background);
    var ownTransactions = new TransactionTemplate(new JdbcTransactionManager(background));
    return new SharedWorldServices(
        machine,
        jdbc,
        transactions,
        table,
        journals,
        partition -> new IdBlocks(backgroundJdbc, ownTransactions, partition),
        faultTable,
        roleKeys,
        pinSecret,
        serverAddresses,
        new WorldWakeUpTimer(machine, fireDue),
        factories.orderedStream().toList());
  }
}
