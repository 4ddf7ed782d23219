package org.actsandbox.sandbox.world;

import java.time.Clock;
import java.util.List;
import java.util.function.Function;
import org.actsandbox.sandbox.fault.FaultTable;
import org.actsandbox.sandbox.journal.storage.Journals;
import org.actsandbox.sandbox.key.PinSecret;
import org.actsandbox.sandbox.key.RoleKeys;
import org.actsandbox.sandbox.world.clock.WorldWakeUpTimer;
import org.actsandbox.sandbox.world.id.IdBlocks;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** Bundles the services that all worlds of the server share. */
record SharedWorldServices(
    Clock machine,
    JdbcClient jdbc,
    TransactionOperations transactions,
    WorldTable table,
    Journals journals,
    Function<String, IdBlocks> blocks,
    FaultTable faultTable,
    RoleKeys roleKeys,
    PinSecret pinSecret,
    ServerAddresses addresses,
    WorldWakeUpTimer ticker,
    List<ParticipantFactory<?>> factories) {}
