package org.actsandbox.sandbox.mutant.assembly;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.actsandbox.agent.AgentWorld;
import org.actsandbox.agent.ModelAndInterpreter;
import org.actsandbox.merchants.MerchantWorld;
import org.actsandbox.merchants.VerticalFactory;
import org.actsandbox.protocol.commerce.MerchantKind;
import org.actsandbox.protocol.time.DueWork;
import org.actsandbox.sandbox.credit.CreditRules;
import org.actsandbox.sandbox.delegation.DelegationRules;
import org.actsandbox.sandbox.dispute.DisputeRules;
import org.actsandbox.sandbox.mutant.AgentDefect;
import org.actsandbox.sandbox.mutant.CreditDefect;
import org.actsandbox.sandbox.mutant.Defect;
import org.actsandbox.sandbox.mutant.DelegationDefect;
import org.actsandbox.sandbox.mutant.DisputeDefect;
import org.actsandbox.sandbox.mutant.MerchantDefect;
import org.actsandbox.sandbox.mutant.Mutant;
import org.actsandbox.sandbox.mutant.PspDefect;
import org.actsandbox.sandbox.mutant.TrustDefect;
import org.actsandbox.sandbox.psp.PspWorld;
import org.actsandbox.sandbox.psp.endpoint.PspParts;
import org.actsandbox.sandbox.trust.TrustWorld;
import org.actsandbox.sandbox.trust.endpoint.TrustParts;
import org.actsandbox.sandbox.world.World;
import org.actsandbox.sandbox.world.WorldSettings;

/**
 * Applies a world's defects to its participants. Only the opening of participants uses it, so
 * requests in an honest world cost nothing.
 */
public final class MutantAssembly {

  private final List<Defect> defects;

  private MutantAssembly(List<Defect> defects) {
    this.defects = defects;
  }

  /**
   * Reads the mutants of a world.
   *
   * @throws IllegalStateException for a stored name that this version does not know: such a world
   *     must not pass for an honest one
   */
  public static MutantAssembly of(WorldSettings settings) {
    return new MutantAssembly(
        settings.mutants().stream()
            .map(
                name ->
                    Mutants.find(name)
                        .orElseThrow(() -> new IllegalStateException("no mutant is named " + name)))
            .map(Mutant::defect)
            .toList());
  }

  public MerchantWorld merchant(MerchantWorld honest) {
    return chain(MerchantDefect.class).applyTo(honest, MerchantDefect::changeWorld);
  }

  public Map<MerchantKind, VerticalFactory> verticals(Map<MerchantKind, VerticalFactory> honest) {
    var all = new LinkedHashMap<>(honest);
    for (var defect : of(MerchantDefect.class)) {
      all.replaceAll(
          (_, before) ->
              (profile, world) -> defect.vertical(before.open(profile, world), profile, world));
    }
    return all;
  }

  public List<DueWork> merchantWork(List<DueWork> honest) {
    var defects = of(MerchantDefect.class);
    return honest.stream()
        .filter(work -> defects.stream().allMatch(defect -> defect.performs(work)))
        .toList();
  }

  public PspWorld psp(PspWorld honest) {
    return chain(PspDefect.class).applyTo(honest, PspDefect::changeWorld);
  }

  public PspParts pspParts() {
    var defects = of(PspDefect.class);
    return defects.isEmpty()
        ? PspParts.STANDARD
        : new DefectivePspParts(new DefectChain<>(defects));
  }

  public TrustWorld trust(TrustWorld honest) {
    return chain(TrustDefect.class).applyTo(honest, TrustDefect::changeWorld);
  }

  public TrustParts trustParts(World world) {
    var defects = of(TrustDefect.class);
    return defects.isEmpty()
        ? TrustParts.STANDARD
        : new DefectiveTrustParts(
            new DefectChain<>(defects.stream().map(defect -> defect.parts(world)).toList()));
  }

  /**
   * Returns the rules of the delegation service; of several defects the last one counts, because
   * each changes one rule.
   */
  public DelegationRules delegationRules() {
    return of(DelegationDefect.class).stream()
        .map(DelegationRules.class::cast)
        .reduce(DelegationRules.STANDARD, (_, last) -> last);
  }

  /** Returns the rules of credit association; of several defects the last one counts. */
  public CreditRules creditRules() {
    return of(CreditDefect.class).stream()
        .map(CreditRules.class::cast)
        .reduce(CreditRules.STANDARD, (_, last) -> last);
  }

  /** Returns the rules of the dispute service; of several defects the last one counts. */
  public DisputeRules disputeRules() {
    return of(DisputeDefect.class).stream()
        .map(DisputeRules.class::cast)
        .reduce(DisputeRules.STANDARD, (_, last) -> last);
  }

  public AgentWorld agent(AgentWorld honest, World world) {
    return chain(AgentDefect.class)
        .applyTo(honest, (defect, part) -> defect.changeWorld(part, world));
  }

  public ModelAndInterpreter model(ModelAndInterpreter honest) {
    return chain(AgentDefect.class).applyTo(honest, AgentDefect::model);
  }

  private <D extends Defect> DefectChain<D> chain(Class<D> kind) {
    return new DefectChain<>(of(kind));
  }

  private <D extends Defect> List<D> of(Class<D> kind) {
    return defects.stream().filter(kind::isInstance).map(kind::cast).toList();
  }
}
