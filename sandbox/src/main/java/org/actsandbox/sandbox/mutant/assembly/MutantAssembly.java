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
import org.actsandbox.sandbox.delegation.DelegationRules;
import org.actsandbox.sandbox.dispute.DisputeRules;
import org.actsandbox.sandbox.mutant.AgentDefect;
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
 * Who plays the participants of one world. Only the opening of participants asks it, so an honest
 * world pays nothing for it on the way of a request.
 */
public final class MutantAssembly {

  private final List<Defect> defects;

  private MutantAssembly(List<Defect> defects) {
    this.defects = defects;
  }

  /**
   * @throws IllegalStateException for a stored name that this version does not know any more: such
   *     a world must not pass for an honest one
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
    return stacked(MerchantDefect.class).applyTo(honest, MerchantDefect::changeWorld);
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
    return stacked(PspDefect.class).applyTo(honest, PspDefect::changeWorld);
  }

  public PspParts pspParts() {
    var defects = of(PspDefect.class);
    return defects.isEmpty()
        ? PspParts.STANDARD
        : new DefectivePspParts(new DefectChain<>(defects));
  }

  public TrustWorld trust(TrustWorld honest) {
    return stacked(TrustDefect.class).applyTo(honest, TrustDefect::changeWorld);
  }

  public TrustParts trustParts(World around) {
    var defects = of(TrustDefect.class);
    return defects.isEmpty()
        ? TrustParts.STANDARD
        : new DefectiveTrustParts(
            new DefectChain<>(defects.stream().map(defect -> defect.parts(around)).toList()));
  }

  /** Of several defects the last one: they change one rule each. */
  public DelegationRules delegationRules() {
    return of(DelegationDefect.class).stream()
        .map(DelegationRules.class::cast)
        .reduce(DelegationRules.STANDARD, (_, last) -> last);
  }

  /** Likewise. */
  public DisputeRules disputeRules() {
    return of(DisputeDefect.class).stream()
        .map(DisputeRules.class::cast)
        .reduce(DisputeRules.STANDARD, (_, last) -> last);
  }

  public AgentWorld agent(AgentWorld honest, World around) {
    return stacked(AgentDefect.class)
        .applyTo(honest, (defect, world) -> defect.changeWorld(world, around));
  }

  public ModelAndInterpreter mind(ModelAndInterpreter honest) {
    return stacked(AgentDefect.class).applyTo(honest, AgentDefect::mind);
  }

  private <D extends Defect> DefectChain<D> stacked(Class<D> kind) {
    return new DefectChain<>(of(kind));
  }

  private <D extends Defect> List<D> of(Class<D> kind) {
    return defects.stream().filter(kind::isInstance).map(kind::cast).toList();
  }
}
