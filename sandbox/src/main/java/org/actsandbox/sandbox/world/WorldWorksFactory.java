package org.actsandbox.sandbox.world;

import java.time.Clock;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.actsandbox.sandbox.fault.FaultTable;
import org.actsandbox.sandbox.journal.Journals;
import org.actsandbox.sandbox.key.PinSecret;
import org.actsandbox.sandbox.key.RoleKeys;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionTemplate;

/** Puts together what all worlds share. */
@Component
class WorldWorksFactory {

  private final Clock machine;
  private final JdbcClient jdbc;
  private final TransactionOperations transactions;
  private final WorldTable table;
  private final Journals journals;
  private final FaultTable faultTable;
  private final RoleKeys roleKeys;
  private final PinSecret pinSecret;
  private final Addresses addresses;
  private final ObjectProvider<ParticipantFactory<?>> factories;
  private final DataSource background;

  WorldWorksFactory(
      Clock machine,
      JdbcClient jdbc,
      TransactionOperations transactions,
      WorldTable table,
      Journals journals,
      FaultTable faultTable,
      RoleKeys roleKeys,
      PinSecret pinSecret,
      Addresses addresses,
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
    this.addresses = addresses;
    this.factories = factories;
    this.background = background;
  }

  /**
   * @param fireDue what the ticker calls with a world's name
   */
  WorldWorks works(Consumer<String> fireDue) {
    var own = JdbcClient.create(background);
    var apart = new TransactionTemplate(new JdbcTransactionManager(background));
    return new WorldWorks(
        machine,
        jdbc,
        transactions,
        table,
        journals,
        partition -> new IdBlocks(own, apart, partition),
        faultTable,
        roleKeys,
        pinSecret,
        addresses,
        new Ticker(machine, fireDue),
        factories.orderedStream().toList());
  }
}
