package org.actsandbox.sandbox.mutant;

/**
 * What a stand-in replaces when the participant is put together. Asked once per world and opening;
 * all methods answer what they got, except those a defect is about.
 */
public sealed interface Defect
    permits MerchantDefect, PspDefect, DelegationDefect, TrustDefect, DisputeDefect, AgentDefect {}
