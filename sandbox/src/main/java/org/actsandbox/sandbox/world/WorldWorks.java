package org.actsandbox.sandbox.world;

import java.time.Clock;
import java.util.List;
import java.util.function.Function;
import org.actsandbox.sandbox.fault.FaultTable;
import org.actsandbox.sandbox.journal.Journals;
import org.actsandbox.sandbox.key.PinSecret;
import org.actsandbox.sandbox.key.RoleKeys;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** What all worlds of the server share. */
record WorldWorks(
    Clock machine,
    JdbcClient jdbc,
    TransactionOperations transactions,
    WorldTable table,
    Journals journals,
    Function<String, IdBlocks> blocks,
    FaultTable faultTable,
    RoleKeys roleKeys,
    PinSecret pinSecret,
    Addresses addresses,
    Ticker ticker,
    List<ParticipantFactory<?>> factories) {}
