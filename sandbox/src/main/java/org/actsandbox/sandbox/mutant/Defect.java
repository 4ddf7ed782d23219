package org.actsandbox.sandbox.mutant;

/**
 * Represents the change that a mutant makes when a participant is opened. Each method is called
 * once per world and opening; it returns its argument unless the defect changes this part.
 */
public sealed interface Defect
    permits MerchantDefect,
        PspDefect,
        DelegationDefect,
        TrustDefect,
        CreditDefect,
        DisputeDefect,
        AgentDefect {}
