/* sources b39d689058f33029b31008ae85781131cfcd292dda619ced4de5c7bb8070f8df */
var y=class extends Error{constructor(t,e={}){super(`${t}: ${JSON.stringify(e)}`),this.name="SheetError",this.code=t,this.details=e}},M=class extends Error{constructor(t,e={}){super(`${t}: ${JSON.stringify(e)}`),this.name="EditError",this.code=t,this.details=e}};function U(s){let t=[];for(let r=s;Array.isArray(r);r=r[0])t.push(r.length);let e=j(t),n=0,i=(r,o)=>{if(o<t.length){if(!Array.isArray(r)||r.length!==t[o])throw new Error("ragged lists");for(let a of r)i(a,o+1)}else{if(typeof r!="number"&&r!==null)throw new Error("not a number in a list");e.data[n++]=r===null?NaN:r}};return i(s,0),e}function R(s){let t=s.shape.length?s.shape[s.shape.length-1]:1;return{rows:$(s.shape.slice(0,-1)),columns:t}}function j(s){return{shape:s,data:new Float64Array($(s))}}function $(s){let t=1;for(let e of s)t*=e;return t}function ut(s){let t=new Array(s.length);for(let e=s.length-1,n=1;e>=0;n*=s[e--])t[e]=n;return t}function X(s,t){let e=s<0?s+t:s;if(!(e>=0&&e<t))throw new Error(`no axis ${s}`);return e}function Pt(s){let t=Math.max(...s.map(n=>n.length)),e=new Array(t).fill(1);for(let n of s){let i=t-n.length;for(let r=0;r<n.length;r++){let o=n[r];if(!(o===1||o===e[i+r])){if(e[i+r]!==1)throw new Error(`shapes do not broadcast: ${s.join(" and ")}`);e[i+r]=o}}}return e}function dt(s,t){let e=ut(s),n=t.length-s.length;return t.map((i,r)=>r<n||s[r-n]===1?0:e[r-n])}function le(s,t,e){let n=dt(e,t),i=0;for(let r=t.length-1,o=s;r>=0;r--)i+=o%t[r]*n[r],o=Math.floor(o/t[r]);return i}function ft(s,t){if(s.length===t.length&&s.every((n,i)=>n===t[i]))return null;let e=dt(s,t);return Rt(t,t.map((n,i)=>Array.from({length:n},(r,o)=>o*e[i])))}function Rt(s,t){let e=new Int32Array($(s));if(!e.length)return e;let n=1;for(let i=s.length-1;i>=0;i--){for(let r=s[i]-1;r>=0;r--){let o=t[i][r];for(let a=0;a<n;a++)e[r*n+a]=e[a]+o}n*=s[i]}return e}var he=/^([^.]+)\.(\d+)\.(\d+)$/;function ce(s,t){let e={},n=[],i=(h,c,u)=>{let f=s.get(h);if(f!==null){if(c.includes(f))return f;n.push({code:`unknown-${u}`,details:{value:f,known:c}})}},r=i("step",t.steps.map(({id:h})=>h),"step"),o=i("arithmetic",t.arithmetics,"arithmetic"),a=i("lang",t.languages,"language");r!==void 0&&(e.step=r),o!==void 0&&(e.arithmetic=o),a!==void 0&&(e.language=a);let l=new Map;for(let[h,c]of s){let u=he.exec(h);if(!u)continue;let[f,m,b]=[u[1],Number(u[2]),Number(u[3])];try{let d=Ns(t,f,m,b);l.set(h,{name:f,cell:d,value:t.check({name:f,cell:d,value:c})})}catch(d){if(!(d instanceof M))throw d;n.push({code:d.code,details:{...d.details,name:f,row:m,column:b,entry:c}})}}return{state:e,edits:[...l.values()],problems:n}}function ue(s){let t=new URLSearchParams,{step:e,arithmetic:n,language:i}=s.defaults;s.step!==e&&t.set("step",s.steps[s.step].id),s.arithmetic!==n&&t.set("arithmetic",s.arithmetic),s.language!==i&&t.set("lang",s.language);for(let{name:r,cell:o,value:a}of s.edits){let{columns:l}=R(s.value(r));t.set(`${r}.${Math.floor(o/l)}.${o%l}`,String(a))}return t}function de(s,t){let e=he.exec(s);return e?Object.hasOwn(t.document.arrays,e[1]):["step","arithmetic","lang"].includes(s)}function Ns(s,t,e,n){if(!s.has(t))return-1;let{rows:i,columns:r}=R(s.value(t));return e<i&&n<r?e*r+n:-1}var Os=150,st=class{constructor(t,e){this.sheet=t,this.where=e,this.timer=0}params(){return new URLSearchParams(this.where==="hash"?location.hash.slice(1):location.search)}read(){return ce(this.params(),this.sheet)}href(t=!1){let e=new URL(location.href),n=ue(this.sheet);t&&n.set("lang",this.sheet.language);let i=new URLSearchParams([...this.params()].filter(([r])=>this.where==="search"&&!de(r,this.sheet)));for(let[r,o]of n)i.set(r,o);return this.where==="hash"?e.hash=i.toString():e.search=i.toString(),e.href}update(){clearTimeout(this.timer),this.timer=window.setTimeout(()=>this.flush(),Os)}flush(){clearTimeout(this.timer);let t=this.href();if(t!==location.href)try{history.replaceState(history.state,"",t)}catch{}}release(){clearTimeout(this.timer)}};function p(s,t={},...e){let n=document.createElement(s);for(let[i,r]of Object.entries(t))typeof r=="function"?n.addEventListener(i.slice(2),r):w(n,i,r);return v(n,e),n}function w(s,t,e){if(e==null||e===!1)s.hasAttribute(t)&&s.removeAttribute(t);else{let n=e===!0?"":String(e);s.getAttribute(t)!==n&&s.setAttribute(t,n)}}function v(s,t){s.replaceChildren(...$s(t))}function C(s,t){s.textContent!==t&&(s.textContent=t)}function $s(s){let t=[];for(let e of s)e instanceof Node?t.push(e):e!=null&&e!==!1&&t.push(String(e));return t}function T(s,t){return s.map(e=>typeof e=="string"?document.createTextNode(e):"sub"in e?p("sub",{},...T(e.sub,t)):"sup"in e?p("sup",{},...T(e.sup,t)):p("em",{"data-role":t(e.name)},e.text))}function W(s,t){return s.split(/\{(\w+)\}/).flatMap((e,n)=>{if(n%2===0)return e?[e]:[];let i=t[e];return Array.isArray(i)?i:[i]})}function nt(s){requestAnimationFrame(()=>setTimeout(s))}var fe="explainer-theme",pe="explainer-lang",_t={recall:()=>me(fe),keep:s=>ge(fe,s)},pt={recall:()=>me(pe),keep:s=>ge(pe,s)};function me(s){try{return localStorage.getItem(s)}catch{return null}}function ge(s,t){try{localStorage.setItem(s,t)}catch{}}var zs={" ":s=>s.toggle(),PageDown:s=>s.next(),PageUp:s=>s.previous(),"]":s=>s.next(),"[":s=>s.previous(),n:s=>s.next(),p:s=>s.previous(),r:s=>s.replay(),Escape:s=>s.skip()},js={ArrowRight:s=>s.next(),ArrowLeft:s=>s.previous(),Home:s=>s.jump(0),End:s=>s.jump(s.sheet.steps.length-1)};function be(s,t){let e=s.composedPath()[0];if(s.defaultPrevented||s.ctrlKey||s.metaKey||s.altKey||e instanceof Element&&(e.closest("input, textarea, select, [contenteditable]")||e.closest("button, a, summary")!==null&&(s.key===" "||s.key==="Enter")))return!1;let n=e instanceof Element&&e.closest("td[data-cell]")!==null,i=s.key.length===1?s.key.toLowerCase():s.key,r=zs[i]??(n?void 0:js[i]);if(r)r(t);else if(/^[1-9]$/.test(i)&&Number(i)<=t.sheet.steps.length)t.jump(Number(i)-1);else return!1;return s.preventDefault(),!0}var Cs=/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i,Is=/^[+-]?(∞|inf(inity)?)$/i;function we(s,t){let e=String(s).normalize("NFKC").trim();if(!e)throw new M("empty");if(/^\d+$/.test(e)&&Number(e)<t.length)return Number(e);let n=e.toLowerCase(),i=t.indexOf(e),r=i>=0?i:t.findIndex(o=>o.toLowerCase()===n);if(r<0)throw new M("not-a-word",{entry:e,words:t});return r}function xe(s,[t,e]){let n=String(s).normalize("NFKC").replace(/\u2212/g,"-").trim();if(!n)throw new M("empty");if(Is.test(n))throw new M("not-finite",{entry:n});if(!Cs.test(n))throw new M("not-a-number",{entry:n});let i=Number(n);if(!Number.isFinite(i))throw new M("not-finite",{entry:n});if(i<t||i>e)throw new M("out-of-bounds",{entry:n,low:t,high:e});return i===0?0:i}function J(s){if(!Number.isFinite(s))return s;let t=Math.floor(s),e=s-t,n=e<.5||e===.5&&t%2===0?t:t+1;return n===0&&s<0?-0:n}var ye=Number.MAX_VALUE;function ve(s,t){let e=s%t,n=(s-e)/t;if(e!==0&&t<0!=e<0&&(e+=t,n-=1),e===0&&(e=t<0?-0:0),n===0)return{quotient:s/t<0?-0:0,remainder:e};let i=Math.floor(n);return{quotient:n-i>.5?i+1:i,remainder:e}}function ke(s,t){let e=J(s),n=Math.min(1e-9*Math.max(1,Math.abs(e)),1e-6);return Math.abs(s-e)<=n?e:t}function Ps(s,t){return s===1||s===-1&&Math.abs(t)===1/0?1:s**t}var F=s=>s?1:0;function N(s){return([t])=>{let e=j(t.shape);for(let n=0;n<e.data.length;n++)e.data[n]=s(t.data[n]);return e}}function L(s){return([t,e])=>{let n=j(Pt([t.shape,e.shape])),[i,r]=[ft(t.shape,n.shape),ft(e.shape,n.shape)];for(let o=0;o<n.data.length;o++)n.data[o]=s(t.data[i?i[o]:o],e.data[r?r[o]:o]);return n}}function Rs([s,t,e]){let n=j(Pt([s.shape,t.shape,e.shape])),[i,r,o]=[s,t,e].map(a=>ft(a.shape,n.shape));for(let a=0;a<n.data.length;a++){let l=s.data[i?i[a]:a]!==0;n.data[a]=l?t.data[r?r[a]:a]:e.data[o?o[a]:a]}return n}function _s(s,{decimals:t=0}){let e=10**Math.abs(t);return t<0?N(n=>J(n/e)*e)(s,{}):N(n=>J(n*e)/e)(s,{})}var Me={add:L((s,t)=>s+t),subtract:L((s,t)=>s-t),multiply:L((s,t)=>s*t),divide:L((s,t)=>s/t),floor_divide:L((s,t)=>t===0?s/t:ke(s/t,ve(s,t).quotient)),remainder:L((s,t)=>t===0?NaN:ve(s,t).remainder),power:L(Ps),negative:N(s=>-s),absolute:N(Math.abs),exp:N(Math.exp),log:N(Math.log),sqrt:N(Math.sqrt),square:N(s=>s*s),sigmoid:N(s=>1/(1+Math.exp(-s))),tanh:N(Math.tanh),sin:N(Math.sin),cos:N(Math.cos),maximum:L(Math.max),minimum:L(Math.min),floor:N(s=>ke(s,Math.floor(s))),ceil:N(Math.ceil),sign:N(Math.sign),equal:L((s,t)=>F(s===t)),not_equal:L((s,t)=>F(s!==t)),less:L((s,t)=>F(s<t)),less_equal:L((s,t)=>F(s<=t)),greater:L((s,t)=>F(s>t)),greater_equal:L((s,t)=>F(s>=t)),logical_and:L((s,t)=>F(s!==0&&t!==0)),logical_or:L((s,t)=>F(s!==0||t!==0)),logical_not:N(s=>F(s===0)),only:L((s,t)=>t!==0?s:NaN),nan_to_num:N(s=>Math.max(Math.min(Number.isNaN(s)?0:s,ye),-ye)),where:Rs,round:_s};function qt(s,t,e,n=0){let i=Rt(t,e),r=new Float64Array(i.length);for(let o=0;o<r.length;o++)r[o]=s.data[n+i[o]];return{shape:t,data:r}}var Wt=(s,t)=>Array.from({length:s},(e,n)=>n*t);function qs([s],{axes:t}){let e=s.shape.length,n=t?t.map(o=>X(o,e)):s.shape.map((o,a)=>e-1-a);if(new Set(n).size!==e)throw new Error(`axes ${t} of ${s.shape}`);let i=ut(s.shape),r=n.map(o=>s.shape[o]);return qt(s,r,n.map(o=>Wt(s.shape[o],i[o])))}function Ws([s],{shape:t=[]}){let e=$(t.filter(i=>i!==-1)),n=t.map(i=>i===-1?s.data.length/e:i);if($(n)!==s.data.length)throw new Error(`${s.shape} does not fill ${t}`);return{shape:n,data:s.data.slice()}}function Fs([s],{shape:t=[]}){let e=t.length-s.shape.length;if(e<0||s.shape.some((i,r)=>i!==1&&i!==t[e+r]))throw new Error(`${s.shape} does not stretch to ${t}`);let n=dt(s.shape,t);return qt(s,[...t],t.map((i,r)=>Wt(i,n[r])))}function Hs(s,{axis:t=0}){let e=s[0].shape,n=X(t??0,e.length),i=[...e];i[n]=s.reduce((o,a)=>o+a.shape[n],0);for(let o of s)if(o.shape.length!==e.length||o.shape.some((a,l)=>l!==n&&a!==e[l]))throw new Error(`${o.shape} does not go with ${e}`);let r=j(i);for(let o=0,a=0;o<$(e.slice(0,n));o++)for(let l of s){let h=$(l.shape.slice(n));r.data.set(l.data.subarray(o*h,(o+1)*h),a),a+=h}return r}function Ds([s=null,t=null,e=null],n){let i=e??1;if(i===0)throw new Error("a slice with step 0");let[r,o]=i>0?[0,n]:[-1,n-1],a=(c,u)=>c===null?u:Math.min(Math.max(c<0?c+n:c,r),o),l=[],h=a(t,i>0?o:r);for(let c=a(s,i>0?r:o);i>0?c<h:c>h;c+=i)l.push(c);return l}function Bs([s],{index:t=[]}){let e=ut(s.shape),n=t.filter(f=>f!==null).length;if(n>s.shape.length)throw new Error(`too many indices for ${s.shape}`);let i=[...t,...new Array(s.shape.length-n).fill({slice:[null,null,null]})],r=[],o=[],a=[],l=-1,h=0,c=i.some(f=>f!==null&&typeof f=="object"&&"take"in f);i.forEach((f,m)=>{if(f===null)return r.push([0]);let[b,d]=[s.shape[h],e[h]];if(h+=1,typeof f=="object"&&"slice"in f)return r.push(Ds(f.slice,b).map(x=>x*d));l<0&&(l=r.length),a.push(m);let g=typeof f=="number"?[f]:f.take;return o.push(g.map(x=>X(x,b)*d))});let u=0;if(c){let f=Math.max(...o.map(d=>d.length));if(o.some(d=>d.length!==1&&d.length!==f))throw new Error("lists of indices of different lengths");let m=Wt(f,0).map((d,g)=>o.reduce((x,O)=>x+O[O.length===1?0:g],0)),b=a[a.length-1]-a[0]===a.length-1;r.splice(b?l:0,0,m)}else for(let[f]of o)u+=f;return qt(s,r.map(f=>f.length),r,u)}function Us([s,t],{axis:e=0}){let n=X(e??0,s.shape.length),[i,r,o]=[s.shape.slice(0,n),s.shape[n],s.shape.slice(n+1)],a=j([...i,...t.shape,...o]),l=$(o);for(let h=0,c=0;h<$(i);h++)for(let u of t.data){let f=J(u),m=f<0?f+r:f,b=m>=0&&m<r;for(let d=0;d<l;d++)a.data[c++]=b?s.data[(h*r+m)*l+d]:NaN}return a}function Gs([s],{size:t=0}){let e=s.data.length,n=j([t,e]);for(let i=0;i<e;i++){let r=J(s.data[i]);r>=0&&r<t&&(n.data[r*e+i]=1)}return n}var Ee={transpose:qs,reshape:Ws,broadcast_to:Fs,copy:([s])=>({shape:s.shape,data:s.data.slice()}),concatenate:Hs,getitem:Bs,take:Us,one_hot:Gs};function Ks([s,t]){if(![s,t].every(o=>o.shape.length===1||o.shape.length===2))throw new Error("a product needs one or two dimensions");let e=s.shape.length===2?s.shape[0]:1,n=t.shape.length===2?t.shape[1]:1,i=s.shape[s.shape.length-1];if(i!==t.shape[0])throw new Error(`no product of ${s.shape} and ${t.shape}`);let r=j([...s.shape.slice(0,-1),...t.shape.slice(1)]);for(let o=0;o<e;o++)for(let a=0;a<n;a++){let l=0;for(let h=0;h<i;h++)l+=s.data[o*i+h]*t.data[h*n+a];r.data[o*n+a]=l}return r}function rt(s,t){if(t==null)return{outer:1,length:$(s),inner:1,axis:null};let e=X(t,s.length);return{outer:$(s.slice(0,e)),length:s[e],inner:$(s.slice(e+1)),axis:e}}function it(s){return([t],{axis:e,keepdims:n})=>{let i=rt(t.shape,e),r=t.shape.map((a,l)=>i.axis===null||l===i.axis?1:a).filter((a,l)=>n||!(i.axis===null||l===i.axis)),o=j(r);for(let a=0,l=0;a<i.outer;a++)for(let h=0;h<i.inner;h++){let c=a*i.length*i.inner+h;o.data[l++]=s(t.data,c,i.length,i.inner)}return o}}function Ae(s,t,e,n){let i=0;for(let r=0;r<e;r++)i+=s[t+r*n];return i}function Le(s){return(t,e,n,i)=>{if(!n)throw new Error("no winner among no cells");let r=0;for(let o=0;o<n;o++){let a=t[e+o*i];if(Number.isNaN(a))return o;s(a,t[e+r*i])&&(r=o)}return r}}var Se=Le((s,t)=>s>t),Xs=Le((s,t)=>s<t);function Js([s],{axis:t,k:e=0}){let{outer:n,length:i,inner:r}=rt(s.shape,t),o=j(s.shape);for(let a=0;a<n*r;a++){let l=Math.floor(a/r)*i*r+a%r,h=u=>s.data[l+u*r],c=Array.from({length:i},(u,f)=>f).sort((u,f)=>{let[m,b]=[h(u),h(f)];return Number(Number.isNaN(m))-Number(Number.isNaN(b))||(m<b?1:m>b?-1:u-f)});for(let u of c.slice(0,e))o.data[l+u*r]=1}return o}var Ne={matmul:Ks,sum:it(Ae),mean:it((s,t,e,n)=>Ae(s,t,e,n)/e),max:it((s,t,e,n)=>s[t+Se(s,t,e,n)*n]),min:it((s,t,e,n)=>s[t+Xs(s,t,e,n)*n]),argmax:it(Se),top_k_mask:Js};var Y={...Me,...Ne,...Ee};function $e(s,t){let e=[];for(let n of s)e.push(Ys(n,e,t));return e}var Oe=new WeakMap;function Ys(s,t,e){if(s.op==="given"){let n=s.name??"";if(!Object.hasOwn(e,n))throw new Error(`no numbers for the given "${n}"`);return e[n]}if(s.op==="constant"){let n=Oe.get(s);return n||Oe.set(s,n=U(s.value??null)),n}if(!Object.hasOwn(Y,s.op))throw new Error(`unknown operation "${s.op}"`);return Y[s.op]((s.inputs??[]).map(n=>t[n]),s.attributes??{})}var Vs=["each","product","line","moved","taken","column"];function I(s){return s.replace(/'+$/,"")}function Te(s){if(!H(s))throw new y("not-a-sheet");if(s.schema!==1)throw new y("schema",{schema:s.schema});if(typeof s.id!="string")throw new y("not-a-sheet",{missing:"id"});for(let e of["arrays","operations","graphs","texts"])if(!H(s[e]))throw new y("not-a-sheet",{missing:e});if(!Array.isArray(s.pictures??[]))throw new y("pictures");let t=s;for(let[e,n]of Object.entries(t.arrays))tn(e,n);en(t);for(let[e,{feeds:n,formula:i}]of Object.entries(t.operations))if(!Vs.includes(n)||typeof i?.term!="string")throw new y("operations",{op:e});for(let e of t.pictures??[])if(!(Array.isArray(e?.arrays)&&Array.isArray(e.steps))||!e.arrays.every(i=>Object.hasOwn(t.arrays,i)))throw new y("pictures",{picture:e});if(!Object.keys(t.graphs).length)throw new y("graphs",{missing:"any"});for(let[e,n]of Object.entries(t.graphs))sn(t,e,n);if(!Object.keys(t.texts).length)throw new y("texts",{missing:"any"});for(let[e,n]of Object.entries(t.texts))if(!H(n)||!H(n.steps))throw new y("texts",{language:e});return t}function H(s){return typeof s=="object"&&s!==null&&!Array.isArray(s)}var mt=s=>typeof s=="string",Qs=s=>Number.isInteger(s)&&Number(s)>=0&&Number(s)<=12,Ft=s=>Array.isArray(s)&&s.every(mt),Zs={label:s=>H(s)&&Object.values(s).every(mt),digits:s=>H(s)&&Object.values(s).every(Qs),role:mt,rows:Ft,columns:Ft,words:Ft,updates:mt,bounds:s=>Array.isArray(s)&&s.length===2&&s.every(Number.isFinite)};function tn(s,t){if(!H(t))throw new y("arrays",{name:s});for(let[e,n]of Object.entries(Zs)){let i=t[e];if(i!==void 0&&!n(i))throw new y("arrays",{name:s,part:e})}if(t.given!==void 0)try{U(t.given)}catch(e){throw new y("arrays",{name:s,message:Ht(e)})}}function en({layout:s,arrays:t}){if(!Array.isArray(s)||!s.every(Array.isArray))throw new y("layout");for(let e of s.flat())if(e!=="."&&(typeof e!="string"||!Object.hasOwn(t,I(e))))throw new y("layout",{place:e})}function sn(s,t,e){let n=o=>new y("graphs",{arithmetic:t,...o});if(!H(e)||!Array.isArray(e.nodes)||!Array.isArray(e.steps))throw n({});e.nodes.forEach((o,a)=>{if(!H(o))throw n({node:a});let l=Object.hasOwn(Y,o.op)&&Object.hasOwn(s.operations,o.op);if(!l&&o.op!=="given"&&o.op!=="constant")throw n({node:a,op:o.op});let h=o.inputs??[],c=u=>Number.isInteger(u)&&Number(u)>=0&&Number(u)<a;if(!Array.isArray(h)||!h.every(c))throw n({node:a,inputs:h});if(l&&!h.length)throw n({node:a,inputs:h});if(o.name!==void 0&&!Object.hasOwn(s.arrays,o.name))throw n({node:a,name:o.name});if(o.op==="given"&&s.arrays[o.name??""]?.given===void 0)throw n({node:a,missing:"given"})});let i=new Set(e.nodes.map(o=>o.name));for(let o of s.layout.flat())if(o!=="."&&!i.has(I(o)))throw n({place:o});let r=Object.values(s.graphs)[0].steps.map(o=>o?.id).join(`
`);if(!e.steps.length||e.steps.map(o=>o?.id).join(`
`)!==r)throw n({steps:"the arithmetics have different steps"});for(let{id:o,shows:a}of e.steps)if(typeof o!="string"||!Array.isArray(a))throw n({step:o})}function Ht(s){return s instanceof Error?s.message:String(s)}var nn=[-1e6,1e6],G=class extends EventTarget{#n={};#i={};#e={};#s=0;#t;#r;constructor(t){super(),this.document=Te(t);let{arrays:e,graphs:n,texts:i}=this.document;this.id=this.document.id,this.languages=Object.keys(i),this.arithmetics=Object.keys(n),this.places=[...new Set(this.document.layout.flat())].filter(r=>r!==".").map(r=>({place:r,name:I(r),copy:r!==I(r)})),this.defaults={step:0,arithmetic:this.arithmetics[0],language:this.languages[0]},this.#t=this.defaults.arithmetic,this.#r=this.defaults.language;for(let[r,o]of Object.entries(e))o.given!==void 0&&(this.#n[r]=U(o.given));for(let[r,o]of Object.entries(n)){let a=o.nodes.flatMap(({name:l},h)=>l?[[l,h]]:[]);this.#e[r]=new Map(a)}try{this.#o()}catch(r){throw new y("values",{message:Ht(r)})}}get step(){return this.#s}get arithmetic(){return this.#t}get language(){return this.#r}get graph(){return this.document.graphs[this.#t]}get steps(){return this.graph.steps}get values(){return this.#i[this.#t]}get edits(){return Object.entries(this.#n).flatMap(([t,{data:e}])=>{let n=U(this.document.arrays[t].given??null).data;return[...e].flatMap((i,r)=>ze(i,n[r])?[]:[{name:t,cell:r,value:i}])})}go({step:t,arithmetic:e,language:n}){let i={},r=typeof t=="string"?this.steps.findIndex(({id:o})=>o===t):t;r!==void 0&&r!==this.#s&&r in this.steps&&(i.step=this.#s=r),e&&e!==this.#t&&this.arithmetics.includes(e)&&(i.arithmetic=this.#t=e),n&&n!==this.#r&&this.languages.includes(n)&&(i.language=this.#r=n),Object.keys(i).length&&this.dispatchEvent(new CustomEvent("change",{detail:i}))}edit(t,e,n){this.editAll([{name:t,cell:e,value:n}])}editAll(t){let e=t.map(n=>({...n,value:this.check(n)}));this.#l(e)}reset(){let t=this.edits.map(({name:e,cell:n})=>{let{data:i}=U(this.document.arrays[e].given??null);return{name:e,cell:n,value:i[n]}});this.#l(t)}check({name:t,cell:e,value:n}){let{arrays:i}=this.document;if(!Object.hasOwn(i,t))throw new M("unknown-matrix",{name:t});let{editable:r,words:o,bounds:a=nn}=i[t];if(!r||!Object.hasOwn(this.#n,t))throw new M("not-editable",{name:t});if(!(e in this.#n[t].data))throw new M("no-such-cell",{name:t,cell:e});return o?we(n,o):xe(n,a)}value(t){return this.values[this.node(t)]}node(t){let e=this.#e[this.#t].get(I(t));if(e===void 0)throw new Error(`no array "${t}" in ${this.#t} arithmetic`);return e}has(t){return this.#e[this.#t].has(I(t))}label(t){let e=this.document.arrays[I(t)],{labels:n}=this.text();return n&&Object.hasOwn(n,I(t))?n[I(t)]:e?.label?.[this.#t]??t}text(){return this.document.texts[this.#r]}shownAt(t){return new Set(this.steps.slice(0,t+1).flatMap(({shows:e})=>e))}arrivesAt(t){return this.steps.findIndex(({shows:e})=>e.includes(t))}#l(t){let e=this.#i[this.#t];for(let i of new Set(t.map(r=>r.name))){let{shape:r,data:o}=this.#n[i];this.#n[i]={shape:r,data:o.slice()}}for(let{name:i,cell:r,value:o}of t)this.#n[i].data[r]=o;this.#o();let n=new Map;for(let[i,r]of this.#e[this.#t]){let[o,a]=[e[r].data,this.values[r].data],l=[...a.keys()].filter(h=>!ze(a[h],o[h]));l.length&&n.set(i,l)}this.dispatchEvent(new CustomEvent("edit",{detail:{changed:n}}))}#o(){for(let[t,{nodes:e}]of Object.entries(this.document.graphs))this.#i[t]=$e(e,this.#n)}};function ze(s,t){return s===t||Number.isNaN(s)&&Number.isNaN(t)}function ot(s,t,e,n,i){let{op:r,inputs:o=[]}=s[n];if(!Object.hasOwn(e,r))return[];let a=un[e[r].feeds];return a(s[n],o.map(h=>t[h]),t[n],i).map(({input:h,cell:c})=>({node:o[h],cell:c,input:h}))}function rn(s,t,e,n){return t.map((i,r)=>({input:r,cell:le(n,e.shape,i.shape)}))}function on(s,[t,e],n,i){let r=t.shape[t.shape.length-1],o=e.shape.length===2?e.shape[1]:1,[a,l]=[Math.floor(i/o),i%o],h=[];for(let c=0;c<r;c++)h.push({input:0,cell:a*r+c},{input:1,cell:c*o+l});return h}function an(s,[t],e,n){let{length:i,inner:r}=rt(t.shape,s.attributes?.axis),o=e.data.length===t.data.length?i:1,a=Math.floor(n/(r*o))*r*i+n%r;return Array.from({length:i},(l,h)=>({input:0,cell:a+h*r}))}function je(s,t){return{shape:s.shape,data:s.data.map((e,n)=>t+n)}}function ln(s,t,e,n){let i=0,r=t.map(h=>(i+=h.data.length)-h.data.length),o=t.map((h,c)=>je(h,r[c])),a=Y[s.op](o,s.attributes??{}).data[n],l=t.findIndex((h,c)=>a<r[c]+h.data.length);return[{input:l,cell:a-r[l]}]}function hn(s,[t,e],n,i){let{inner:r}=rt(t.shape,s.attributes?.axis??0),o=Y[s.op]([je(t,0),e],s.attributes??{}).data[i],a={input:1,cell:Math.floor(i/r)%e.data.length};return Number.isNaN(o)?[a]:[{input:0,cell:o},a]}function cn(s,[t],e,n){return[{input:0,cell:n%t.data.length}]}var un={each:rn,product:on,line:an,moved:ln,taken:hn,column:cn};function A(s){let t=[...s],e=0,n=i=>{let r=[];for(;e<t.length&&!(i&&t[e]==="}");){let o=t[e++];if(!((o==="_"||o==="^")&&e<t.length)||!dn(t,e)){K(r,o);continue}let l;t[e]==="{"?(e+=1,l=n(!0),e+=1):l=[t[e++]],r.push(o==="_"?{sub:l}:{sup:l})}return r};return n(!1)}function dn(s,t){if(s[t]==="}")return!1;if(s[t]!=="{")return!0;let e=0;for(let n=t;n<s.length;n++)if(s[n]==="{"&&(e+=1),s[n]==="}"&&--e===0)return!0;return!1}function K(s,t){let e=s[s.length-1];typeof t=="string"&&typeof e=="string"?s[s.length-1]=e+t:t!==""&&s.push(t)}function _(s){return s.map(t=>typeof t=="string"?t:"sub"in t?`_${Ce(_(t.sub))}`:"sup"in t?`^${Ce(_(t.sup))}`:t.text).join("")}var Ce=s=>[...s].length>1?`{${s}}`:s;var Ie=.64,fn=.68,pn=2.15,We=1.6,Dt=2,[Pe,Re]=[.85,1.2],mn=1.6,Fe=1.45;function He(s,t){let e=Math.max(0,...t.map(n=>Math.min(9,_(A(n)).length)));return Math.max(pn,s*Ie+.8,e*.75*Ie+.4)}function De(s,t,e){return e&&t<=s&&s<=t*mn?s:t}function Be(s){let t=Math.max(0,...s.map(e=>_(A(e)).length));return t?Math.min(t,12)*.5+.6:0}function Ue(s){return _(A(s)).replace(/[_^{}]/g,"").length*fn}function Ge({rows:s,columns:t,cell:e},n){let i=`${s} × ${t}`;return n+i.length*.42+.6<=t*e?i:""}function Bt({rows:s,columns:t,head:e,cell:n},i,r){let o=i.height/(We+e+s*Dt),[a,l]=[Math.floor(r/t),r%t];return{x:i.x+i.width-(t-l)*n*o,y:i.y+i.height-(s-a)*Dt*o}}function Ke(s,t){let e=[],n=[];for(let{place:r,rows:o,columns:a,cell:l,side:h,head:c,least:u}of t){let{top:f,bottom:m,left:b,right:d}=s.box(r);_e(e,b,d,Math.max(u,h+a*l),Re),_e(n,f,m,We+c+o*Dt,Pe)}let i=(r,o)=>r.reduce((a,l)=>a+(l??0)+o,-o);return{width:i(qe(e),Re),height:i(qe(n),Pe)}}function _e(s,t,e,n,i){let r=n;for(let o=t;o<e;o++)r-=(s[o]??0)+i;s[e]=Math.max(s[e]??0,r)}var qe=s=>Array.from(s,t=>t??0);var gn=100,bn=8,wn=.3,gt=class{constructor(t){this.drawing=t,this.aloft=new Map,this.boxes=new Map,this.clear()}apply(t){for(let[e,n]of this.aloft)if(!t.some(i=>i.place===e)){for(let{element:i}of n)yn(i);this.aloft.delete(e)}for(let e of t){let n=this.aloft.get(e.place);n||this.aloft.set(e.place,n=this.launch(e));for(let i of n)xn(i,e.progress)}}clear(){this.apply([]),this.boxes.clear(),nt(()=>this.boxes.size||this.measure())}measure(){for(let[t,{box:e}]of this.drawing.matrices){let{offsetLeft:n,offsetTop:i,offsetWidth:r,offsetHeight:o}=e;this.boxes.set(t,{x:n,y:i,width:r,height:o})}}boxOf({place:t}){return this.boxes.size||this.measure(),this.boxes.get(t)}launch({place:t,from:e,kind:n}){let i=this.drawing.matrices.get(t),r=this.drawing.matrices.get(e??"");if(!i)return[];if(!r)return[{element:i.box,x:0,y:bn,faded:1}];if(n==="move"&&i.cells.length<=gn)return this.swarm(i);let[o,a]=[this.boxOf(r),this.boxOf(i)],[l,h]=[o.x+o.width-a.x-a.width,o.y+o.height-a.y-a.height];return[{element:i.body,x:l,y:h,faded:n==="each"?wn:0}]}swarm(t){let{sheet:e,matrices:n}=this.drawing,{nodes:i}=e.graph,r=e.node(t.name);return t.cells.flatMap((o,a)=>{let[l]=ot(i,e.values,e.document.operations,r,a),h=l&&n.get(i[l.node].name??"");if(!h)return[];let c=Bt(h,this.boxOf(h),l.cell),u=Bt(t,this.boxOf(t),a);return[{element:o,x:c.x-u.x,y:c.y-u.y,faded:0}]})}};function xn({element:{style:s},x:t,y:e,faded:n},i){let r=(1-i)**3;s.transform=`translate(${t*r}px, ${e*r}px)`,n&&(s.opacity=String(Math.min(1,i/n))),s.transition="none"}function yn({style:s}){s.transform=s.opacity=s.transition=""}var at="−",Je=1e-12;function Z(s,{digits:t=2,fixed:e=!1,rough:n=!1}={}){if(Number.isNaN(s))return"";if(!Number.isFinite(s))return s>0?"∞":`${at}∞`;let i=Math.abs(s),r=!n&&i>0&&i<10**-t;if(i>=1e5||r&&i<.001)return Ye(s);let o=r?bt(s.toFixed(3)):s.toFixed(t),a=e?o:bt(o);return Number(a)===0?a.replace("-",""):a.replace("-",at)}function Ye(s){let[t,e]=s.toExponential(1).split("e");return`${bt(t)}e${Number(e)}`.replace(/-/g,at)}var bt=s=>s.includes(".")?s.replace(/\.?0+$/,""):s;function V(s,t,e){return Qe(s,t)(e)}function Ve(s,t){return Array.from(s.value(t).data.keys(),Qe(s,t))}function Qe(s,t){let{data:e}=s.value(t),{words:n,digits:i}=s.document.arrays[I(t)],r=i?.[s.arithmetic]??2,o=0;for(let c of e){let u=Math.abs(c);u<1/0&&u>o&&(o=u)}let a=Je*o,l=e.every(c=>!Number.isFinite(c)||Math.abs(c-Math.round(c))<=a),h=o>10**(1-r);return c=>{let u=e[c];if(n&&Object.hasOwn(n,u))return n[u];let f=Math.abs(u)<a?0:u;return l?Z(Number.isFinite(f)?Math.round(f):f,{digits:0}):s.arithmetic==="hand"?vn(f)??Z(f,{digits:r}):Z(f,{digits:r,fixed:!0,rough:h})}}function vn(s){let t=Math.abs(s)*1e4;if(Math.abs(t-Math.round(t))<1e-6)return null;for(let e of[3,6,7,9]){let n=Math.abs(s*e),i=Math.round(n);if(Math.abs(n-i)<Je*i&&i<100)return`${s<0?at:""}${i}/${e}`}return null}function wt(s){if(!Number.isFinite(s))return Z(s)||"□";if(s<0)return at+wt(-s);if(s===Math.E)return"e";if(s===Math.PI)return"π";let t=String(s);if(Number.isInteger(s)&&s<1e7||/^\d+\.\d{1,4}$/.test(t))return t;let e=Xe(s);if(e)return`√${e}`;let n=Xe(1/s);if(n)return`1/√${n}`;for(let i=2;i<100;i++){let r=Math.round(s*i);if(r>0&&r<1e3&&r/i===s)return`${r}/${i}`}return s<1e5&&s>=.01?bt(s.toFixed(4)):Ye(s)}function Xe(s){let t=Math.round(s*s);return Math.abs(s*s-t)<=4e-16*t&&t>0&&t<1e4&&!Number.isInteger(s)?t:0}var Ze={languageName:"EN",settings:"Settings",arithmetic:"Arithmetic",hand:"by hand",exact:"exact",language:"Language",size:"Size",smaller:"Smaller",larger:"Larger",auto:"Theme: as the system",light:"Theme: light",dark:"Theme: dark",reset:"Reset numbers",resetDone:"The lesson's own numbers are back.",share:"Share",shareLong:"Copy a link to exactly this",shared:"Link copied",shareByHand:"The browser did not let us copy. Here is the link:",dismiss:"Dismiss",sheet:"Sheet of matrices",narration:"Explanation",playback:"Playback",first:"First step (Home)",previous:"Previous step (←)",play:"Play",playLong:"Play the next step (Space)",pause:"Pause",pauseLong:"Pause (Space)",again:"Again",againLong:"Start again from the first step (Space)",next:"Next step (→)",speed:"Speed",steps:"Steps",stepOf:"step {i} of {n}",stepValue:"Step {i} of {n}: {name}",feature:"features",query:"queries",key:"keys",value:"values",score:"scores",scaled:"scaled scores",softmax:"softmax",attention:"attention weights",output:"output",weight:"weights",gradient:"gradient",tableName:"{label}, {rows} × {columns}",tableRole:", {role}",tableCopy:", copy",tableTodo:", not computed yet",row:"row {i}",column:"column {j}",cell:"row {i}, column {j}",number:"the number",numbers:"{n} numbers",named:"{where} ({name})",of:"{where} of {array}",whole:"{array}",comma:", ",and:" and ",product:"{a} meets {b}",line:"all of {a}",each:"from {a}",moved:"{a}, moved here",copied:"a copy of {a}",taken:"picked: {a}",given:"a given number",givenEdit:"a given number: press Enter, double-click or tap again to change it",notYet:"not computed yet",hint:"Point at any cell, tap it or tab to it, to see where it comes from.",entry:"New number for {cell}",sign:"Change the sign",empty:"Type a number, or press Escape to keep the old one.","not-a-number":"This is not a number. Write one such as 2, −1 or 0.5.","not-finite":"The number must be finite.","out-of-bounds":"The number must be from {low} to {high}.","not-editable":"This number cannot be changed.",brokenTitle:"This lesson cannot be shown",broken:"Its data is incomplete or of an unknown kind ({code}). Reload the page, or ask whoever shared it for a new link.",urlProblem:"Part of the link was ignored: {what}.",urlStep:"there is no step “{value}”",urlArithmetic:"there is no arithmetic “{value}”",urlLanguage:"there is no language “{value}”",urlCell:"“{key}={value}” is not a number for a cell that can be changed",semicolon:"; "},kn={languageName:"中文",settings:"设置",arithmetic:"算法",hand:"手算",exact:"精确",language:"语言",size:"大小",smaller:"缩小",larger:"放大",auto:"主题：跟随系统",light:"主题：浅色",dark:"主题：深色",reset:"恢复原数",resetDone:"已恢复课程原来的数字。",share:"分享",shareLong:"复制链接，打开即为当前画面",shared:"链接已复制",shareByHand:"浏览器不允许自动复制，链接在此：",dismiss:"关闭",sheet:"矩阵图",narration:"讲解",playback:"播放",first:"第一步（Home）",previous:"上一步（←）",play:"播放",playLong:"播放下一步（空格）",pause:"暂停",pauseLong:"暂停（空格）",again:"重来",againLong:"从第一步重新开始（空格）",next:"下一步（→）",speed:"速度",steps:"步骤",stepOf:"第 {i} 步，共 {n} 步",stepValue:"第 {i} 步，共 {n} 步：{name}",feature:"特征",query:"查询",key:"键",value:"值",score:"分数",scaled:"缩放后的分数",softmax:"softmax",attention:"注意力权重",output:"输出",weight:"权重",gradient:"梯度",tableName:"{label}，{rows} × {columns}",tableRole:"，{role}",tableCopy:"，副本",tableTodo:"，尚未计算",row:"第 {i} 行",column:"第 {j} 列",cell:"第 {i} 行第 {j} 列",number:"该数",numbers:"{n} 个数",named:"{where}（{name}）",of:" {array} 的{where}",whole:" {array} ",comma:"，",and:"和",product:"{a}与{b}逐项相乘再相加",line:"{a}的全部数",each:"由{a}算出",moved:"由{a}移来",copied:"复制自{a}",taken:"取自{a}",given:"给定的数",givenEdit:"给定的数：按 Enter、双击或再点一次即可修改",notYet:"尚未计算",hint:"指向、点按任意一格，或用 Tab 键移到该格，即可看到它的来历。",entry:"{cell}的新数",sign:"变号",empty:"请输入一个数，或按 Esc 保留原数。","not-a-number":"这不是一个数。请写成 2、−1 或 0.5 这样的形式。","not-finite":"必须是有限的数。","out-of-bounds":"必须在 {low} 到 {high} 之间。","not-editable":"这个数不能修改。",brokenTitle:"无法显示这一课",broken:"课程数据不完整，或格式无法识别（{code}）。请刷新页面，或向分享者索取新的链接。",urlProblem:"链接中有一部分已忽略：{what}。",urlStep:"没有名为“{value}”的步骤",urlArithmetic:"没有名为“{value}”的算法",urlLanguage:"没有名为“{value}”的语言",urlCell:"“{key}={value}”不是可修改单元格的数",semicolon:"；"},Ut={en:Ze,zh:kn};function D(s){return Ut[s]??Ut[s.split("-")[0]]??Ze}function ts(s){return Ut[s]?.languageName??s}function E(s,t={}){return s.replace(/\{(\w+)\}/g,(e,n)=>String(t[n]??"?"))}var xt=class{constructor(t){this.scene=t,this.sheet=t.sheet,this.matrices=new Map,this.element=p("div",{class:"matrices"}),this.element.style.gridTemplateAreas=t.layout.areas;for(let{place:e,name:n,copy:i}of this.sheet.places){let r=this.build(e,n,i);this.matrices.set(e,r),this.element.append(r.box)}this.lit=new Set,this.target=null,this.flashes=0,this.shining=null,this.retext()}role(t){return this.sheet.document.arrays[t]?.role??"plain"}build(t,e,n){let i=this.sheet.document.arrays[e],{rows:r,columns:o}=R(this.sheet.value(e)),a=i.columns?.length===o?i.columns:[],l=i.rows?.length===r?i.rows:[],[h,c]=[p("span",{class:"label"}),p("small",{class:"size"})],u=[],f=[],m=p("tbody");for(let k=0;k<r;k++){let P=p("tr");l.length&&P.append(this.header(l[k],"row"));for(let z=0;z<o;z++){let S=document.createTextNode(""),B=p("td",{class:"empty","data-cell":k*o+z,tabindex:-1},S);k===0&&z===0&&B.classList.add("top-left"),k===0&&z===o-1&&B.classList.add("top-right"),k===r-1&&z===0&&B.classList.add("bottom-left"),k===r-1&&z===o-1&&B.classList.add("bottom-right"),u.push(B),f.push(S),P.append(B)}m.append(P)}let b=p("table",{"data-place":t},p("caption",{},h,c));if(a.length){let k=l.length?[p("td",{class:"corner"})]:[];b.append(p("thead",{},p("tr",{},...k,...a.map(P=>this.header(P,"col")))))}b.append(m);let d=p("div",{"data-place":t,"data-role":this.role(e)},b);d.style.gridArea=this.scene.layout.area(t),d.style.setProperty("--columns",String(o));let[g,x]=[a.length?Fe:0,Be(l)];d.style.setProperty("--head",`${g}em`),d.style.setProperty("--side",`${x.toFixed(3)}em`);let O=new Array(u.length).fill("");return{place:t,name:e,copy:n,rows:r,columns:o,box:d,table:b,body:m,label:h,size:c,cells:u,texts:f,numbers:O,cell:0,side:x,head:g,least:0,landed:0,stop:0,todo:null,before:null,hang:this.scene.hangs(t),look:""}}header(t,e){let n=A(t);return p("th",{scope:e,title:_(n)},...T(n,()=>"plain"))}retext(t=!1){let e=new Map,n=({place:r,columns:o})=>{let{left:a,right:l}=this.scene.layout.box(r);return`${a} ${l} ${o}`},i=new Set(this.sheet.edits.map(({name:r,cell:o})=>`${r} ${o}`));for(let r of this.matrices.values()){let{name:o,cells:a,texts:l,numbers:h,landed:c}=r,{updates:u}=this.sheet.document.arrays[o],f=Ve(this.sheet,o),m=0;for(let d=0;d<a.length;d++){let g=f[d];g!==h[d]&&(h[d]=g,d<c&&(l[d].data=g)),m=Math.max(m,g.length),a[d].classList.toggle("changed",i.has(`${o} ${d}`)),u&&w(a[d],"data-was",Mn(this.sheet,u,d,g))}let b=r.head?this.sheet.document.arrays[o].columns??[]:[];e.set(n(r),Math.max(e.get(n(r))??0,He(m,b)))}for(let r of this.matrices.values()){let o=De(r.cell,e.get(n(r))??0,t);o!==r.cell&&(r.cell=o,r.box.style.setProperty("--cell",`${o.toFixed(3)}em`))}}size(){return Ke(this.scene.layout,this.matrices.values())}relabel(t){for(let e of this.matrices.values()){let{label:n,size:i,box:r,name:o}=e,a=A(this.sheet.label(o));v(n,T(a,l=>this.role(l))),e.least=Ue(this.sheet.label(o))+e.side,i.textContent=Ge(e,e.least-e.side),r.style.setProperty("--least",`${e.least.toFixed(3)}em`),w(r,"data-narrow",e.least>e.side+e.columns*e.cell),this.entitle(e,t)}}entitle({name:t,copy:e,rows:n,columns:i,table:r,todo:o},a){let l=_(A(this.sheet.label(t))),h=this.role(t),c=E(a.tableName,{label:l,rows:n,columns:i});h in a&&(c+=E(a.tableRole,{role:a[h]})),e&&(c+=a.tableCopy),o&&(c+=a.tableTodo),w(r,"aria-label",c)}apply(t,e){for(let[r,o]of t.looks){let a=this.matrices.get(r);a&&this.applyLook(a,o,e)}let n=t.focus?this.cell(t.focus):null;n!==this.target&&(this.target?.classList.remove("target"),n?.classList.add("target"),this.target=n);let i=new Set;for(let r of t.sources){let o=this.cell(r);o&&i.add(o)}for(let r of this.lit)i.has(r)||r.classList.remove("source");for(let r of i)this.lit.has(r)||r.classList.add("source");this.lit=i}applyLook(t,{landed:e,before:n,todo:i,coming:r,active:o,dim:a},l){let{box:h,name:c,copy:u,cells:f,texts:m,numbers:b}=t,d=n!==t.before,g=n?this.matrices.get(n)?.numbers:null;for(let S=t.landed;S<e;S++)m[S].data=b[S],f[S].classList.remove("empty","old");for(let S=e;S<(d?f.length:t.landed);S++)m[S].data=g?.[S]??"",f[S].classList.toggle("empty",!g),f[S].classList.toggle("old",!!g);t.landed=e,t.before=n,i!==t.todo&&(t.todo=i,f[t.stop].tabIndex=i?-1:0,this.entitle(t,l));let x=this.sheet.document.arrays[c],[O,k]=[!u&&x.editable,!!x.updates],P={copy:u,editable:O,updated:k,todo:i,coming:r,active:o,dim:a,hang:t.hang,lit:c===this.shining},z=Object.entries(P).reduce((S,[B,Ls])=>Ls?`${S} ${B}`:S,"matrix");z!==t.look&&(h.className=t.look=z)}stopAt({place:t,cell:e}){let n=this.matrices.get(t);!n||n.stop===e||(n.cells[n.stop].tabIndex=-1,n.stop=e,n.cells[e].tabIndex=n.todo?-1:0)}light(t){this.shining=t;for(let e of this.matrices.values())e.box.classList.toggle("lit",e.name===t),e.look=e.box.className}flash(t){let[e,n]=this.flashes++%2?["flash-b","flash-a"]:["flash-a","flash-b"];for(let i of this.matrices.values())if(!i.todo)for(let r of t.get(i.name)??[])i.cells[r].classList.remove(n),i.cells[r].classList.add(e)}cell({place:t,cell:e}){return this.matrices.get(t)?.cells[e]??null}spot(t){let e=t instanceof Element?t.closest("td[data-cell]"):null,n=e?.closest("[data-place]")?.getAttribute("data-place");return e&&n?{place:n,cell:Number(e.getAttribute("data-cell"))}:null}};function Mn(s,t,e,n){let i=s.has(t)?V(s,t,e):n;return i===n?null:i}var En=0,yt=class{constructor(t,e){this.drawing=t,this.sheet=t.sheet,this.leave=e,this.open=new Map}allows({place:t}){let e=this.drawing.matrices.get(t);return!e||e.copy||e.todo?!1:this.sheet.document.arrays[e.name].editable===!0}start(t,e){let n=this.drawing.cell(t);if(!n||!this.allows(t))return!1;let i=this.open.get(n);return i?i.input.focus():this.open.set(n,new Gt(this,t,n,e)),!0}translate(){for(let t of this.open.values())t.translate()}close(){for(let t of[...this.open.values()])t.close()}},Gt=class{constructor(t,e,n,i){this.editing=t,this.sheet=t.sheet,this.spot=e,this.cell=n;let r=t.drawing.matrices.get(e.place);this.name=r?.name??e.place,this.columns=r?.columns??1,this.wrong=null,this.closed=!1,this.before=this.entryText();let o=`entry-error-${++En}`;this.input=p("input",{type:"text",inputmode:"decimal",enterkeyhint:"next",autocomplete:"off",autocapitalize:"off",spellcheck:"false","aria-describedby":o,onkeydown:a=>this.key(a),oninput:()=>this.retyped(),onblur:()=>this.commit("stay",!1)}),this.sign=p("button",{type:"button",class:"sign",tabindex:-1,onpointerdown:a=>a.preventDefault(),onclick:()=>this.changeSign()},"±"),this.error=p("span",{class:"error",id:o,role:"alert"}),this.box=p("span",{class:"editor"},this.input,this.sign,this.error),this.translate(),n.append(this.box),this.input.value=i??this.before,this.input.focus(),i===void 0&&this.input.select(),this.turn()}entryText(){let t=this.sheet.value(this.name).data[this.spot.cell];return Number.isFinite(t)?String(t):Z(t)}turn(){let t=this.cell.closest(".sheet")?.getBoundingClientRect(),e=this.cell.getBoundingClientRect();t&&(this.box.classList.toggle("leftwards",e.left+210>t.right),this.box.classList.toggle("upwards",e.bottom+70>t.bottom))}key(t){t.stopPropagation(),!t.isComposing&&(t.key==="Escape"?(t.preventDefault(),this.close(),this.editing.leave(this.spot,"stay")):t.key==="Enter"?(t.preventDefault(),this.commit(t.shiftKey?"up":"down",!0)):t.key==="Tab"&&(t.preventDefault(),this.commit(t.shiftKey?"left":"right",!0)))}retyped(){this.wrong=null,this.translate()}changeSign(){let t=this.input.value.trim().replace(/^\+/,"");this.input.value=/^[-\u2212]/.test(t)?t.slice(1):`-${t}`,this.retyped()}commit(t,e){if(!this.closed){if(this.input.value!==this.before)try{this.sheet.edit(this.name,this.spot.cell,this.input.value)}catch(n){if(!(n instanceof M))throw n;this.wrong=n,this.translate(),e&&this.input.select();return}this.close(),e&&this.editing.leave(this.spot,t)}}close(){this.closed||(this.closed=!0,this.editing.open.delete(this.cell),this.box.remove())}translate(){let t=this.sheet.language,e=D(t),[n,i]=[Math.floor(this.spot.cell/this.columns)+1,this.spot.cell%this.columns+1],r=_(A(this.sheet.label(this.name))),o=E(e.of,{where:E(e.cell,{i:n,j:i}),array:r}).trim();if(this.input.setAttribute("aria-label",E(e.entry,{cell:o})),this.sign.setAttribute("aria-label",e.sign),this.input.toggleAttribute("aria-invalid",!1),this.error.textContent="",!this.wrong)return;this.input.setAttribute("aria-invalid","true");let{low:a,high:l}=this.wrong.details,h=u=>(u??0).toLocaleString(t).replace("-","−"),c=e[this.wrong.code]??e["not-a-number"];this.error.textContent=E(c,{low:h(a),high:h(l)})}};var[An,Sn]=[.75,1.8],es=14,Ln=1.15,Nn=800,On=1.15,tt=18,$n=1.25,vt=class{constructor(t,e,n,i){this.area=t,this.content=e,this.natural=n,this.resized=i,this.room={width:0,height:0,narrow:!1},this.scale=1,this.steps=0,this.observer=new ResizeObserver(()=>this.measure())}watch(){this.observer.observe(this.area)}release(){this.observer.disconnect()}resize(t){this.steps=Math.min(6,Math.max(-4,this.steps+t)),this.update()}measure(){let{area:t}=this;this.room={width:t.offsetWidth-2*tt,height:t.offsetHeight-2*tt,narrow:(t.parentElement?.offsetWidth??0)<=Nn},this.update()}update(t=!1){let{width:e,height:n,narrow:i}=this.room;if(e<=0||n<=0)return;let r=this.natural(),o=Math.min(e/r.width,n/r.height)/es,a=Math.min(Sn,Math.max(i?Ln:An,o)),l=Math.floor(a*On**this.steps*100+1e-6)/100;l===this.scale||t&&l>this.scale&&l<this.scale*$n||(this.scale=l,this.content.style.setProperty("--scale",String(l)),this.resized())}get overflows(){let{width:t,height:e}=this.natural(),n=es*this.scale;return t*n>this.room.width||e*n>this.room.height}reveal(t,e,n){if(!t.length||!this.overflows)return;let{area:i,content:r}=this,[o,a]=[i.clientWidth,i.clientHeight],[l,h]=[ss(t,r),ss(e,r)],c=ns(h.left,h.right,l.left,l.right,i.scrollLeft,o),u=ns(h.top,h.bottom,l.top,l.bottom,i.scrollTop,a);c===i.scrollLeft&&u===i.scrollTop||i.scrollTo({left:c,top:u,behavior:n?"smooth":"instant"})}};function ss(s,t){let[e,n]=[t.offsetLeft,t.offsetTop];return{left:e+Math.min(...s.map(i=>i.offsetLeft))-tt,right:e+Math.max(...s.map(i=>i.offsetLeft+i.offsetWidth))+tt,top:n+Math.min(...s.map(i=>i.offsetTop))-tt,bottom:n+Math.max(...s.map(i=>i.offsetTop+i.offsetHeight))+tt}}function ns(s,t,e,n,i,r){if(s>=i&&t<=i+r)return i;if(t-s<=r)return Math.max(0,(s+t-r)/2);if(n-e>r)return Math.max(0,e);let o=e-s>=t-n;return Math.max(0,o?n-r:e)}var Tn={first:["M3.5 3v10",".M12.5 3.5v9L6 8z"],previous:[".M11.5 3v10L4 8z"],play:[".M4.5 2.8v10.4L13 8z"],pause:["M5.5 3.5v9","M10.5 3.5v9"],next:["M5 3.2v9.6L12.2 8z"],again:["M12.8 9.2a5 5 0 1 1-1.1-4.6L13 6","M13.2 2.6V6H9.8"],auto:["M8 2.2a5.8 5.8 0 1 0 0 11.6z",".M8 2.2a5.8 5.8 0 0 1 0 11.6z"],light:["M8 5.2a2.8 2.8 0 1 0 .01 0","M8 1v1.4M8 13.6V15M1 8h1.4M13.6 8H15M3.1 3.1l1 1M11.9 11.9l1 1M3.1 12.9l1-1M11.9 4.1l1-1"],dark:["M13 9.6A5.6 5.6 0 0 1 6.4 3 5.6 5.6 0 1 0 13 9.6z"],link:["M6.8 9.2a2.6 2.6 0 0 0 3.7 0l2.3-2.3a2.6 2.6 0 0 0-3.7-3.7L8.3 4","M9.2 6.8a2.6 2.6 0 0 0-3.7 0L3.2 9.1a2.6 2.6 0 0 0 3.7 3.7l.8-.8"],done:["M3 8.6l3.4 3.4L13 4.6"],close:["M4 4l8 8M12 4l-8 8"]};function q(s){let t="http://www.w3.org/2000/svg",e=document.createElementNS(t,"svg");e.setAttribute("viewBox","0 0 16 16"),e.setAttribute("class","icon"),e.setAttribute("aria-hidden","true");for(let n of Tn[s]){let i=document.createElementNS(t,"path");n.startsWith(".")&&i.setAttribute("class","solid"),i.setAttribute("d",n.replace(/^\./,"")),e.append(i)}return e}var is=12,zn=/(^|\s)mod\s*$|[+\u2212×÷·/√¬]\s*$/,jn=/([([{⌊⌈|]|, )$/,Cn=/^[)\]}⌋⌉|,]/;function lt(s,t,e){return s.flatMap(n=>{if(typeof n!="string")return"sub"in n?[{sub:lt(n.sub,t,e)}]:"sup"in n?[{sup:lt(n.sup,t,e)}]:[n];let i=[];for(let r=n;r;){let o=t.exec(r);if(!o)return[...i,r];o.index&&i.push(r.slice(0,o.index)),i.push(...e(Number(o[1]??0))),r=r.slice(o.index+o[0].length)}return i})}function Kt(s,t,e){let i=(s.length>is?[...s.slice(0,is-2),["…"],...s.slice(-1)]:s).flatMap((r,o)=>o?[t,...r]:r);return lt(e,/\$/,()=>i)}function Xt(s,t,e,n,i){let[r,o=""]=t.split(`$${e}`),a=jn.test(r)&&Cn.test(o),l=e===0&&n===i&&(i===2||i===3);return n>0&&!a&&!l&&n>=(i||2)?["(",...s,")"]:s}function ht(s,t){let e=[];return s.forEach((n,i)=>{if(typeof n=="string"){K(e,n),t=n;return}let r=s[i+1];if("sub"in n)K(e,{sub:ht(n.sub,"")});else if("sup"in n)K(e,{sup:ht(n.sup,"")});else{let o=typeof r=="object"&&"sup"in r,a=n.text.startsWith("−")&&(o||zn.test(t));a&&K(e,"("),K(e,n.name?n:n.text),a&&K(e,")")}t=""}),e}var In=400,Vt="□";function Q(s,t,e){let n=s.node(t),{op:i}=s.graph.nodes[n],r=V(s,t,e)||Vt;if(i==="given"||i==="constant")return{given:!0,terms:[],join:"",parts:[],result:r,sources:[],node:n,op:i};let o={sheet:s,sources:new Map,left:In},{terms:a,join:l,around:h}=Et(o,n,e);return{given:!1,terms:a.map((c,u)=>ht(c,u?l:"")),join:l,parts:ht(Kt(a,l,h),""),result:r,sources:[...o.sources.values()],node:n,op:i}}function kt(s,t){let{name:e}=s.graph.nodes[t];return e!==void 0&&s.node(e)===t&&s.places.some(n=>n.name===e)}function Mt(s,t){let{nodes:e}=s.graph;for(let n=t;;){let i=s.document.operations[e[n].op]?.feeds;if(i==="product"||i==="line")return n;let r=os(s,n);if(r<0)return t;n=(e[n].inputs??[])[r]}}function os(s,t){let{op:e,inputs:n=[]}=s.graph.nodes[t],{feeds:i,formula:r}=s.document.operations[e]??{};if(i!=="each"&&i!=="moved")return-1;let o=[...n.keys()].filter(a=>s.graph.nodes[n[a]].op!=="constant"&&(i==="moved"||r?.term.includes(`$${a}`)));return o.length===1&&!kt(s,n[o[0]])?o[0]:-1}function Et(s,t,e){s.left-=1;let{sheet:n}=s,{nodes:i}=n.graph,{feeds:r,formula:o}=n.document.operations[i[t].op],{term:a,join:l="",around:h="$",binds:c=0}=o,u=ot(i,n.values,n.document.operations,t,e);if(r==="product"||r==="line"){let d=r==="product"?2:1,g=r==="product"?2:l.trim()==="+"?3:1/0,x=[];for(let k=0;k<u.length;k+=d)x.push(Jt(s,a,u.slice(k,k+d),g));let O=A(h.replaceAll("$n",String(x.length)));return{terms:x,join:l,around:O,binds:c}}if(r==="moved"||r==="taken"||a==="$0")return r!=="moved"&&Number.isNaN(n.values[t].data[e])?rs(s,t,null,u.filter(({input:g})=>g>0)):rs(s,t,u[0],u.slice(1));let f=os(n,t);if(Mt(n,t)===t||s.left<=0)return{terms:[Jt(s,a,u,c)],join:"",around:["$"],binds:c};let m=Et(s,u[f].node,u[f].cell),b=Xt(m.around,a,f,m.binds,c);return{...m,around:Jt(s,a,u,c,{at:f,parts:b}),binds:c}}function rs(s,t,e,n){let{sheet:i}=s,r={terms:[[{name:"",cell:0,text:Vt}]],join:"",around:["$"],binds:0};if(e)if(Mt(i,t)!==t&&i.graph.nodes[e.node].op!=="constant"&&s.left>0)r=Et(s,e.node,e.cell);else{let{parts:a,binds:l}=Yt(s,e);r={...r,terms:[a],binds:l}}for(let o of n)Yt(s,o);return r}function Jt(s,t,e,n,i){let r=e.map((o,a)=>{if(i&&i.at===a)return i.parts;let{parts:l,binds:h}=Yt(s,o);return Xt(l,t,a,h,n)});return lt(A(t),/\$(\d)/,o=>r[o]??[])}function Yt(s,{node:t,cell:e}){let{sheet:n}=s,{op:i,name:r}=n.graph.nodes[t];if(r!==void 0&&kt(n,t))return s.sources.set(`${r}.${e}`,{name:r,cell:e}),{parts:[{name:r,cell:e,text:V(n,r,e)||Vt}],binds:0};if(i==="constant"||i==="given"||s.left<=0){let c=wt(n.values[t].data[e]);return{parts:[{name:"",cell:e,text:c}],binds:c.includes("/")?2:0}}if(Pn(n,t,e))return{parts:[{name:"",cell:e,text:wt(n.values[t].data[e])}],binds:0};let{terms:o,join:a,around:l,binds:h}=Et(s,t,e);return{parts:Kt(o,a,l),binds:h}}function Pn(s,t,e){let{nodes:n}=s.graph,{inputs:i=[]}=n[t];if(i.length!==1||Number.isNaN(s.values[t].data[e]))return!1;let[r,...o]=ot(n,s.values,s.document.operations,t,e);return!o.length&&Number.isNaN(s.values[r.node].data[r.cell])}function ls(s,t,e){let{nodes:n}=s.graph,i=new Set,r=new Set,o=a=>{for(let l of n[a].inputs??[])r.has(l)||(r.add(l),kt(s,l)?i.add(n[l].name??""):o(l))};return o(s.node(t)),[...i].flatMap(a=>Qt(s,a,t,e)??[])}function Qt(s,t,e,n){let i=as(s,e),r=o=>{let a=as(s,o);return Math.abs(a.row-i.row)+Math.abs(a.column-i.column)};return s.places.filter(o=>o.name===t&&o.place!==e&&n.has(o.place)).map(o=>o.place).sort((o,a)=>r(o)-r(a))[0]}function as(s,t){let[e,n,i]=[0,0,0];return s.document.layout.forEach((r,o)=>r.forEach((a,l)=>{a===t&&(e+=o,n+=l,i+=1)})),{row:e/i,column:n/i}}function hs(s,t,e){let{name:n,copy:i}=s.places.find(h=>h.place===t)??{name:t,copy:!1};if(i){let h=[n,...s.places.filter(c=>c.name===n).map(c=>c.place)].find(c=>c!==t&&s.arrivesAt(c)>=0&&s.arrivesAt(c)<=s.arrivesAt(t));return h===void 0?{kind:"show"}:{kind:"copy",from:h}}let r=s.node(n),{op:o}=s.graph.nodes[Mt(s,r)],a=s.document.operations[o]?.feeds;if(a==="product"||a==="line")return{kind:a};let[l]=e;return a===void 0||l===void 0?{kind:"show"}:{kind:a==="moved"||a==="taken"?"move":"each",from:l}}var Zt=3e3,Rn=300,cs=500,us=400,_n=100,qn=200,[Wn,Fn]=[1e3,400],Hn=800,Dn=.75;function ee(s,t){let e=s.shownAt(t-1),n=(s.steps[t]?.shows??[]).filter(d=>s.places.some(g=>g.place===d)),i=n.map(d=>Bn(s,d,e,new Set(n)));i.sort((d,g)=>s.node(d.name)-s.node(g.name));let r=d=>d.beats.length>0,o=d=>d.from!==void 0&&i.some(g=>g.place===d.from&&g!==d),a=i.filter(d=>!r(d)&&!o(d)),l=Kn(i.filter(d=>r(d)||o(d))),h=0;for(let d of a)h=Math.max(h,d.end=d.slideEnd=d.kind==="show"?Rn:cs);let c=l.find(r),u=c?Math.min(ds(c),Zt-h):0,f=l.length-(c?1:0),m=f?Math.min(u,(Zt-h)*2/3):u,b=f?(Zt-h-m)/f:0;for(let d of l){let g=d===c?m:Math.min(b,d.beats.length?ds(d)*.4:cs);Gn(d,h,g),h=d.end}return{duration:h,tracks:i}}function Bn(s,t,e,n){let{name:i}=s.places.find(f=>f.place===t)??{name:t},r=s.value(i).data.length,o=ls(s,t,new Set([...e,...n])),{kind:a,from:l}=hs(s,t,o),h={place:t,name:i,kind:a,start:0,end:0,slideEnd:0,sources:o,cells:r,terms:1,beats:[],sweepFrom:0};if(l!==void 0&&(h.from=l),a==="copy"&&l!==void 0&&(h.sources=[l]),a==="show"||a==="move"||a==="copy")return h;let{data:c}=s.value(i),u=[...c.keys()].filter(f=>!Number.isNaN(c[f])).slice(0,2);if(!u.length)return{...h,kind:"show"};for(let[f,m]of u.entries()){let b=Math.max(1,Q(s,i,m).terms.length),d=Math.min(Wn,Math.max(Fn,b*_n+qn))/(f+1),g=h.beats.length?h.beats[h.beats.length-1].end:a==="each"?us:0;h.beats.push({cell:m,start:g,end:g+d,terms:b}),h.terms=Math.max(h.terms,b)}return h.sweepFrom=h.beats[h.beats.length-1].cell+1,h.slideEnd=a==="each"?us:0,h.end=h.beats[h.beats.length-1].end+Un(h),h}var Un=s=>Math.min(Hn,(s.cells-s.sweepFrom)*80),ds=s=>s.end-s.start;function Gn(s,t,e){let n=s.end>0?e/s.end:0,i=s.beats.length?s.slideEnd*n:e;s.beats=s.beats.map(r=>({...r,start:t+r.start*n,end:t+r.end*n})),Object.assign(s,{start:t,end:t+e,slideEnd:t+i})}function Kn(s){let t=[];for(let e=s;e.length;){let n=e.find(i=>!e.some(r=>r!==i&&r.place===i.from))??e[0];t.push(n),e=e.filter(i=>i!==n)}return t}function fs(s,t){let e=t>=s.duration,n=s.tracks.map(o=>Xn(o,e?1/0:t)),i=n.findIndex(({active:o})=>o),r=i<0?null:n[i].active;return{tracks:n,focus:r&&{place:s.tracks[i].place,...r},done:e}}function Xn(s,t){let{place:e,cells:n,beats:i,sweepFrom:r}=s,o=t>=s.start;if(!o)return{place:e,begun:o,landed:0,active:null,progress:0};let a=te(t,s.start,s.beats.length&&s.kind!=="each"?s.end:s.slideEnd);if(!i.length||t>=s.end)return{place:e,begun:o,landed:n,active:null,progress:a};if(t<i[0].start)return{place:e,begun:o,landed:0,active:null,progress:a};let l=i.findIndex(u=>t<u.end);if(l>=0){let u=i[l],f=te(t,u.start,u.start+(u.end-u.start)*Dn)*u.terms,m=Math.min(u.terms,1+Math.floor(f));return{place:e,begun:o,landed:u.cell,active:{cell:u.cell,terms:m},progress:a}}let h=te(t,i[i.length-1].end,s.end)*(n-r),c=Math.min(n-1,r+Math.floor(h));return{place:e,begun:o,landed:c,active:{cell:c,terms:s.terms},progress:a}}function te(s,t,e){return s>=e?1:s<=t?0:(s-t)/(e-t)}var Jn=400,Yn=250,ps=[.5,1,2,4],At=class extends EventTarget{constructor(t,e){super(),this.sheet=t,this.isStill=e,this.speed=1,this.rate=1,this.playing=!1,this.request=0,this.last=0,this.entry=null,this.plan=ee(t,t.step),this.time=this.plan.duration,this.stale=!1,this.follow=n=>this.changed(n),t.addEventListener("change",this.follow),t.addEventListener("edit",this.follow)}get moving(){return this.time<this.plan.duration}get isLast(){return this.sheet.step===this.sheet.steps.length-1}changed({type:t,detail:e}){let n="step"in e,i=!this.moving;if(t==="edit"&&i){this.stale=!0,this.moment();return}this.replan();let r=this.plan.duration;n?this.time=Math.min(this.entry??r,r):this.time=i?r:Math.min(this.time,r),n&&this.entry===null&&this.stop(),this.moment()}replan(){this.plan=ee(this.sheet,this.sheet.step),this.stale=!1}toggle(){this.playing?this.stop():this.moving?this.start():this.isLast?this.enter(0):this.enter(this.sheet.step+1)}next(){this.moving?this.skip():this.isLast||this.enter(this.sheet.step+1)}previous(){this.sheet.step===0?this.finish():this.jump(this.sheet.step-1)}replay(){this.enter(this.sheet.step)}skip(){this.moving&&(this.rate=Math.max(this.speed,(this.plan.duration-this.time)/Jn),this.start(this.rate))}jump(t){if(t===this.sheet.step){this.finish();return}this.entry=null,this.sheet.go({step:t})}finish(){this.stop(),this.time=this.plan.duration,this.moment()}seek(t,e){this.stop(),this.entry=null,this.sheet.go({step:t}),this.stale&&this.replan(),this.time=this.isStill()?this.plan.duration:e*this.plan.duration,this.moment()}enter(t){if(this.isStill()){this.jump(t);return}this.stale&&this.replan(),this.entry=0,t===this.sheet.step?(this.time=0,this.moment()):this.sheet.go({step:t}),this.entry=null,this.start()}setSpeed(t){this.speed=this.rate=t}start(t=this.speed){this.rate=t,this.moving&&(this.playing||(this.playing=!0,this.last=performance.now(),this.request=requestAnimationFrame(e=>this.tick(e))),this.dispatchEvent(new Event("state")))}stop(){cancelAnimationFrame(this.request),this.playing&&(this.playing=!1,this.dispatchEvent(new Event("state")))}tick(t){let e=Math.min(Math.max(0,t-this.last),Yn);this.last=t,this.time=Math.min(this.time+e*this.rate,this.plan.duration),this.moving?this.request=requestAnimationFrame(n=>this.tick(n)):this.stop(),this.moment()}moment(){this.dispatchEvent(new Event("moment"))}release(){this.stop(),this.sheet.removeEventListener("change",this.follow),this.sheet.removeEventListener("edit",this.follow)}};var Vn=5,St=class{constructor(t,e){this.sheet=t,this.transport=e;let n=(i,r,o)=>p("button",{type:"button",class:`button ${r}`,onclick:o},q(i));this.first=n("first","first",()=>e.jump(0)),this.previous=n("previous","previous",()=>e.previous()),this.next=n("next","next",()=>e.next()),this.playIcon=p("span",{class:"play-icon"}),this.playWord=p("span"),this.play=p("button",{type:"button",class:"button main play",onclick:()=>e.toggle()},this.playIcon,this.playWord),this.bars=t.steps.map(()=>p("i")),this.names=t.steps.map(()=>p("span",{class:"name"})),this.ticks=t.steps.map((i,r)=>p("div",{class:"tick","data-step":i.id},p("span",{class:"bar"},this.bars[r]),this.names[r])),this.scrubber=p("div",{class:"ticks",role:"slider",tabindex:0,"aria-valuemin":1,"aria-valuemax":t.steps.length,onpointerdown:i=>this.press(i),onpointermove:i=>this.drag(i),onpointerup:()=>this.drop(),onpointercancel:()=>this.drop()},...this.ticks),this.speed=p("select",{class:"button speed",onchange:()=>e.setSpeed(Number(this.speed.value))},...ps.map(i=>p("option",{value:i,selected:i===1},`${i}×`))),this.element=p("div",{class:"bottom",role:"region"},this.first,this.previous,this.play,this.next,this.scrubber,this.speed),this.held=null,this.shown=-1,this.filled=-1}press(t){t.button===0&&(this.scrubber.setPointerCapture(t.pointerId),this.held={x:t.clientX,moved:!1},this.transport.jump(this.at(t).step))}drag(t){if(!this.held||(Math.abs(t.clientX-this.held.x)>Vn&&(this.held.moved=!0),!this.held.moved))return;let{step:e,fraction:n}=this.at(t);this.transport.seek(e,n)}drop(){this.held=null}at(t){let{left:e,width:n}=this.scrubber.getBoundingClientRect(),i=this.ticks.length,r=Math.min(Math.max((t.clientX-e)/n,0),.9999)*i;return{step:Math.floor(r),fraction:Math.min(1,r%1*1.08)}}update(t){let{sheet:e}=this,n=e.text().steps,i=e.step;this.element.setAttribute("aria-label",t.playback),se(this.first,t.first),se(this.previous,t.previous),se(this.next,t.next),w(this.speed,"aria-label",t.speed),w(this.scrubber,"aria-label",t.steps),w(this.scrubber,"aria-valuenow",i+1);let r=o=>n[e.steps[o].id]?.short??e.steps[o].id;w(this.scrubber,"aria-valuetext",E(t.stepValue,{i:i+1,n:e.steps.length,name:r(i)})),this.ticks.forEach((o,a)=>{C(this.names[a],r(a)),w(o,"title",r(a)),w(o,"data-current",a===i),o.classList.toggle("done",a<i)}),this.shown!==i&&(this.shown>=0&&(this.bars[this.shown].style.transform=""),this.shown=i,this.filled=-1),this.state(t),this.moment()}state(t){let{playing:e,moving:n,isLast:i}=this.transport,[r,o,a]=e?["pause",t.pause,t.pauseLong]:i&&!n?["again",t.again,t.againLong]:["play",t.play,t.playLong];this.play.dataset.does!==r&&(this.play.dataset.does=r,v(this.playIcon,[q(r)])),C(this.playWord,o),w(this.play,"title",a);let[l,h]=[this.sheet.step===0,i&&!n];this.first.disabled=this.previous.disabled=l,this.next.disabled=h}moment(){let{time:t,plan:e}=this.transport,n=e.duration?Math.min(1,t/e.duration):1;n!==this.filled&&(this.filled=n,this.bars[this.sheet.step].style.transform=`scaleX(${Math.floor(n*1e3)/1e3})`)}};function se(s,t){w(s,"aria-label",t),w(s,"title",t)}var Qn=5,Lt=class{constructor(t){this.scene=t,this.sheet=t.sheet,this.where=p("p",{class:"kicker"}),this.equation=p("div",{class:"equation"}),this.how=p("p",{class:"how"}),this.hint=p("p",{class:"hint"}),this.shapes=p("p",{class:"shapes"}),this.element=p("div",{class:"calc"},this.where,this.equation,this.how,this.hint),this.shown="",this.terms=[],this.result=null}invalidate(){this.shown=""}show(t,e,{hint:n,todo:i}){let r=t?`${t.place} ${t.cell} ${n} ${i}`:`none ${n}`;if(r!==this.shown)if(this.shown=r,v(this.hint,n?[e.hint]:[]),t)this.write(t,e,i);else for(let a of[this.where,this.equation,this.how,this.shapes])v(a,[]);let o=t?.terms??1/0;this.terms.forEach((a,l)=>a.classList.toggle("later",l>=o)),this.result?.classList.toggle("later",o!==1/0)}write({place:t,cell:e},n,i){let r=this.scene.names.get(t)??t,o=Q(this.sheet,r,e),a=this.scene.copies.has(t);if(this.terms=[],this.result=null,v(this.where,[this.label(r)," · ",...this.position(r,e,n)]),i){v(this.equation,[]),v(this.how,[n.notYet]),v(this.shapes,[]);return}this.result=p("span",{class:"result"},p("em",{"data-role":this.role(r)},o.result));let l=o.given||a||Zn(o.parts)?[]:this.left(o);l.length&&this.result.prepend("= "),v(this.equation,[...l,l.length>0&&" ",this.result]),this.equation.classList.toggle("long",o.terms.length>=Qn),v(this.how,a?this.copied(r,e,n):this.sentence(r,o,n)),v(this.shapes,[this.shapesLine(r,o)])}left({terms:t,join:e,parts:n}){let i=h=>this.role(h),r=t.flatMap((h,c)=>c?[e,...h]:h),o=t.length>1?ti(n,r):null;if(!o)return T(n,i);this.terms=t.map(h=>p("span",{class:"term"},...T(h,i)));let a=e.startsWith(" ");this.terms.slice(a?1:0,a?void 0:-1).forEach(h=>a?h.prepend(e.trimStart()):h.append(e.trimEnd()));let l=this.terms.flatMap((h,c)=>c?[" ",h]:[h]);return[...T(o[0],i),...l,...T(o[1],i)]}sentence(t,e,n){if(e.given)return[this.sheet.document.arrays[t].editable?n.givenEdit:n.given];let i=this.groups(e);if(!i.length)return[];let r=i.map(({array:l,cells:h})=>this.phrase(l,h,n)),o=this.sheet.document.operations[e.op]?.feeds;if(o==="product"&&r.length===2)return W(n.product,{a:r[0],b:r[1]});let a=r.flatMap((l,h)=>h?[h===r.length-1?n.and:n.comma,...l]:l);return o==="moved"&&e.sources.length===1?W(n.moved,{a}):o==="taken"?W(n.taken,{a}):o==="line"&&i.length===1?W(n.line,{a}):W(n.each,{a})}copied(t,e,n){return W(n.copied,{a:this.phrase(t,[e],n)})}groups({sources:t,parts:e}){let n=new Map;for(let r of t)n.set(r.name,[...n.get(r.name)??[],r]);let i=ne(e).map(({name:r})=>r);return[...n].sort(([r],[o])=>i.indexOf(r)-i.indexOf(o)).map(([r,o])=>({array:r,cells:o.map(({cell:a})=>a)}))}phrase(t,e,n){let{rows:i,columns:r}=R(this.sheet.value(t)),o=this.label(t),a=new Set(e.map(c=>Math.floor(c/r))),l=new Set(e.map(c=>c%r));if(i*r===e.length&&(i===1||r===1||e.length>1))return W(n.whole,{array:o});let h=[E(n.numbers,{n:e.length})];return e.length===1?h=this.position(t,e[0],n):a.size===1&&e.length===r?h=[E(n.row,{i:[...a][0]+1})]:l.size===1&&e.length===i&&(h=[E(n.column,{j:[...l][0]+1})]),W(n.of,{where:h,array:o})}position(t,e,n){let{rows:i,columns:r}=R(this.sheet.value(t)),o=this.sheet.document.arrays[t],[a,l]=[Math.floor(e/r),e%r];if(i===1&&r===1)return[n.number];let h=[i>1&&o.rows?.length===i?o.rows[a]:"",r>1&&o.columns?.length===r?o.columns[l]:""].filter(Boolean),c=i===1?n.column:r===1?n.row:n.cell,u=E(c,{i:a+1,j:l+1});if(!h.length)return[u];let f=h.flatMap((m,b)=>[b?n.comma:"",...T(A(m),()=>"plain")]);return W(n.named,{where:u,name:f})}shapesLine(t,e){if(e.given)return"";let n=o=>{let{rows:a,columns:l}=R(this.sheet.value(o));return`(${a}×${l})`},i=this.sheet.document.operations[e.op]?.feeds==="product"?" · ":", ",r=this.groups(e).map(({array:o})=>n(o));return r.length?`${r.join(i)} → ${n(t)}`:""}spoken(){return[this.where,this.equation,this.how].map(e=>e.textContent).filter(Boolean).join(". ")}role(t){return this.sheet.document.arrays[t]?.role??"plain"}label(t){let e=this.role(t);return p("em",{"data-role":e},...T(A(this.sheet.label(t)),()=>e))}};function ne(s){return s.flatMap(t=>typeof t=="string"?[]:"sub"in t?ne(t.sub):"sup"in t?ne(t.sup):[t])}function Zn(s){return s.length===1&&typeof s[0]=="object"&&"name"in s[0]}function ti(s,t){let e=o=>o.flatMap(a=>typeof a=="string"?[...a]:[a]),[n,i]=[e(s),e(t)],r=(o,a)=>JSON.stringify(o)===JSON.stringify(a);for(let o=0;o+i.length<=n.length;o++)if(i.every((a,l)=>r(a,n[o+l])))return[n.slice(0,o),n.slice(o+i.length)];return null}var Nt=class{constructor(t){this.boxes=new Map,t.forEach((n,i)=>n.forEach((r,o)=>{if(r===".")return;let a=this.boxes.get(r);a?(a.bottom=Math.max(a.bottom,i),a.right=Math.max(a.right,o)):this.boxes.set(r,{top:i,bottom:i,left:o,right:o})}));let e=[...this.boxes.keys()];this.areas=t.map(n=>`"${n.map(i=>i==="."?".":`p${e.indexOf(i)}`).join(" ")}"`).join(" "),this.area=n=>`p${e.indexOf(n)}`}box(t){return this.boxes.get(t)??{top:0,bottom:0,left:0,right:0}}nearest(t,e){let n=this.box(t),i=r=>{let o=this.box(r);return Math.max(0,o.left-n.right,n.left-o.right)+Math.max(0,o.top-n.bottom,n.top-o.bottom)};return e.reduce((r,o)=>r===void 0||i(o)<i(r)?o:r,void 0)}beside(t,e,n,i){let r=this.box(t),o=i.filter(a=>{let l=this.box(a);return a===t?!1:n?(n>0?l.left>r.right:l.right<r.left)&&l.top<=r.bottom&&l.bottom>=r.top:(e>0?l.top>r.bottom:l.bottom<r.top)&&l.left<=r.right&&l.right>=r.left});return this.nearest(t,o)}};var Ot=class{constructor(t){this.sheet=t,this.layout=new Nt(t.document.layout),this.names=new Map(t.places.map(({place:e,name:n})=>[e,n])),this.copies=new Set(t.places.filter(({copy:e})=>e).map(({place:e})=>e))}picture(t,e,n){let{sheet:i}=this,r=e<t.duration,o=r?fs(t,e):null,a=new Map(o?.tracks.map(d=>[d.place,d])),l=new Set(t.tracks.flatMap(({place:d,sources:g})=>[d,...g])),h=[],c=new Map;for(let{place:d,from:g,kind:x,start:O,slideEnd:k}of t.tracks){if(!r||e<O)continue;let P=a.get(d)?.progress??1,z=x==="each"&&g!==void 0&&this.alike(d,g);z&&c.set(d,g),e<k&&(x==="each"?z:g||x==="show")&&h.push({place:d,from:g??null,kind:x,progress:P})}let u=new Set(h.filter(({from:d})=>d).map(({place:d})=>d)),f=this.focus(t,r?o?.focus??null:null,n,r),m=new Map;for(let{place:d,name:g}of i.places){let x=i.arrivesAt(d),O=a.get(d),k=x<0||x>i.step||O?.begun===!1,P=i.value(g).data.length;m.set(d,{landed:k?0:O?O.landed:P,before:c.get(d)??null,todo:k,coming:u.has(d),active:f?.place===d,dim:r&&!k&&!l.has(d)})}let b=f?this.sources(f,m):[];return{looks:m,flights:h,focus:f,sources:b,moving:r}}alike(t,e){return String(this.sheet.value(t).shape)===String(this.sheet.value(e).shape)}focus(t,e,n,i){if(i)return e;if(n)return{...n,terms:null};let r=this.example(t);return r&&{...r,terms:null}}example(t){let{sheet:e}=this,n=t.tracks.filter(({kind:m})=>m!=="show"),i=n.filter(({place:m})=>!this.copies.has(m)),r=i[i.length-1]??n[n.length-1];if(!r)return null;let o=this.changedWeight(i.map(({name:m})=>m));if(o)return o;let a=e.text().steps[e.steps[e.step].id]?.body;for(let{array:m,cell:b}of ie(a)){let d=i.find(({name:g})=>g===m);if(d&&b){let g=$t(b,e.value(m).shape);if(g!==null&&!Number.isNaN(e.value(m).data[g]))return{place:d.place,cell:g}}}let{shape:l,data:h}=e.value(r.name),c=l.map((m,b)=>Math.min(m-1,b===l.length-1?2:1)),u=$t(c,l)??0,f=Number.isNaN(h[u])?h.findIndex(m=>!Number.isNaN(m)):u;return{place:r.place,cell:Math.max(0,f)}}changedWeight(t){for(let e of t){let{updates:n}=this.sheet.document.arrays[e];if(!n||!this.sheet.has(n))continue;let[i,r]=[this.sheet.value(n).data,this.sheet.value(e).data],o=r.findIndex((a,l)=>a!==i[l]);if(o>=0)return{place:e,cell:o}}return null}hangs(t){let e=this.names.get(t)??t,{nodes:n}=this.sheet.graph,{op:i}=n[this.sheet.node(e)];if(this.copies.has(t)||this.sheet.document.operations[i]?.feeds!=="line")return!1;let r=Q(this.sheet,e,0).sources[0],[o,a]=[this.layout.box(t),r&&this.layout.boxes.get(r.name)];return a!==void 0&&a.bottom===o.top-1&&a.left===o.left}sources({place:t,cell:e},n){let i=this.names.get(t)??t;if(this.copies.has(t))return[{place:i,cell:e}];let r=new Set([...n].filter(([,l])=>!l.todo).map(([l])=>l)),o=new Map;return Q(this.sheet,i,e).sources.map(l=>(o.has(l.name)||o.set(l.name,Qt(this.sheet,l.name,t,r)),{place:o.get(l.name),cell:l.cell})).filter(l=>l.place!==void 0)}};function*ie(s){if(Array.isArray(s))for(let t of s)yield*ie(t);else typeof s=="object"&&s!==null&&("array"in s?yield s:"children"in s&&(yield*ie(s.children)))}function $t(s,t){if(!Array.isArray(s)||s.length!==t.length)return null;let e=0;for(let n=0;n<t.length;n++){let i=s[n];if(!Number.isInteger(i)||i<0||i>=t[n])return null;e=e*t[n]+i}return e}var ei=/^[,.;:!?)\u2019\u201d\u3002\uff0c\uff1b\uff1a\uff01\uff1f\uff09\u3001]/,si="⁠",ni=new Set("p ul ol li blockquote h3 strong em code a br sub sup table thead tbody tr th td".split(" ")),ii=/^lesson:([a-z0-9-]+)$/,ri=40;function ms(s,t,e){let n=[],i=(o,a)=>{if(typeof o=="string")return[document.createTextNode(o)];if(typeof o!="object"||o===null||a>ri)return[];if(Array.isArray(o))return o.flatMap((m,b)=>{let g=b>0&&typeof o[b-1]=="object"&&typeof m=="string"&&ei.test(m);return i(g?si+m:m,a+1)});if("array"in o)return[oi(s,o,n)];let{tag:l,children:h,href:c}=o,u=i(Array.isArray(h)?h:[],a);if(typeof l!="string"||!ni.has(l))return u;if(l!=="a")return[p(l,{},...u)];let f=typeof c=="string"?ii.exec(c):null;return f?[p("a",{href:e(f[1])},...u)]:ai(c)?[p("a",li(String(c)),...u)]:u};return{nodes:i(t,0),refresh:()=>n.forEach(o=>o())}}function oi(s,{array:t,cell:e},n){let i=String(t);if(!s.has(i))return document.createTextNode("?");let r=s.document.arrays[i]?.role??"plain",{shape:o}=s.value(i),a=p("button",{type:"button",class:"ref","data-role":r,"data-array":i});if(e===void 0)return a.append(...T(A(s.label(i)),()=>r)),a;let l=$t(e,o);if(l===null)return document.createTextNode("?");a.setAttribute("data-cell",String(l));let h=()=>{a.textContent=V(s,i,l)||"□"};return h(),n.push(h),a}function ai(s){if(typeof s!="string"||!s)return!1;try{let{protocol:t}=new URL(s,"https://relative.invalid/");return t==="https:"||t==="http:"}catch{return!1}}function li(s){return/^(https?:)?\/\//i.test(s)?{href:s,target:"_blank",rel:"noopener noreferrer"}:{href:s}}var hi=48,Tt=class{constructor(t,e,n,{point:i,visit:r,toLesson:o}){this.sheet=t,this.toLesson=o,this.lesson=p("h1"),this.position=p("span"),this.title=p("h2"),this.words=p("div",{class:"words"});let a=p("div",{class:"head"},p("div",{class:"kicker"},this.lesson," · ",this.position),this.title);this.picture=p("div",{class:"picture",hidden:!0},p("slot",{name:"picture"})),this.spoken=p("div",{class:"spoken",role:"group",tabindex:0,"aria-live":"polite"},a,this.picture,this.words),this.element=p("div",{class:"text",role:"region",tabindex:0},this.spoken,e.element,e.shapes),this.refresh=()=>{},this.references=[];let l=h=>i(gs(h));this.words.addEventListener("pointerover",l),this.words.addEventListener("focusin",l),this.words.addEventListener("pointerleave",()=>i(null)),this.words.addEventListener("focusout",()=>i(null)),this.words.addEventListener("click",h=>{let c=gs(h);c&&r(c)}),this.swipe(n),this.scrolled=!1,this.element.addEventListener("scroll",()=>this.scrolled=!0,{capture:!0,passive:!0})}swipe(t){let e=null;this.element.addEventListener("pointerdown",n=>{e=n.pointerType==="touch"?{x:n.clientX,y:n.clientY}:null}),this.element.addEventListener("pointercancel",()=>e=null),this.element.addEventListener("pointerup",n=>{if(!e)return;let[i,r]=[n.clientX-e.x,n.clientY-e.y];e=null,!(Math.abs(i)<hi||Math.abs(r)>Math.abs(i))&&(i<0?t.next():t.previous())})}update(t){let{sheet:e}=this,n=e.text(),{id:i}=e.steps[e.step],r=n.steps[i];w(this.element,"aria-label",t.narration),w(this.spoken,"aria-label",t.narration),C(this.lesson,n.title??e.id),C(this.position,E(t.stepOf,{i:e.step+1,n:e.steps.length})),C(this.title,r?.title??i);let o=e.document.pictures??[];this.picture.hidden=!o.some(l=>l.steps.includes(i));let a=ms(e,r?.body??[],this.toLesson);v(this.words,a.nodes),this.refresh=a.refresh,this.references=[...this.words.querySelectorAll("[data-array]")],this.scrolled&&(this.element.scrollTop=this.spoken.scrollTop=0),this.scrolled=!1}light(t){for(let e of this.references)e.classList.toggle("lit",e.getAttribute("data-array")===t)}};function gs({target:s}){let t=s instanceof Element?s.closest("[data-array]"):null,e=t?.getAttribute("data-array"),n=t?.getAttribute("data-cell")??null;return e?{name:e,cell:n===null?null:Number(n)}:null}var ci=3,zt=class{constructor(){this.element=p("div",{class:"notices"}),this.all=[]}add(t,e,n){let i=p("p"),r=p("button",{type:"button",class:"button"},q("close")),o=t==="wrong"?"alert":"status",a=p("div",{class:`notice ${t}`,role:o},i,r),l={kind:t,say:n,element:a,body:i,dismiss:r};for(r.addEventListener("click",()=>this.remove(l)),this.all.push(l),this.element.append(a),this.translate(e);this.all.length>ci;)this.remove(this.all[0]);return l}remove(t){t.element.remove(),this.all=this.all.filter(e=>e!==t)}clear(){for(let t of[...this.all])this.remove(t)}translate(t){for(let{say:e,body:n,dismiss:i}of this.all)v(n,e(t)),i.setAttribute("aria-label",t.dismiss)}};var bs={ArrowUp:[-1,0],ArrowDown:[1,0],ArrowLeft:[0,-1],ArrowRight:[0,1]},ui={stay:[0,0],down:[1,0],up:[-1,0],right:[0,1],left:[0,-1]},jt=class{constructor(t,e){this.drawing=t,this.changed=e,this.editing=null,this.hovered=null,this.selected=null,this.touched=!1,this.before=null;let{element:n}=t;n.addEventListener("pointerover",i=>this.hover(i)),n.addEventListener("pointerleave",()=>this.setHovered(null)),n.addEventListener("pointerdown",i=>{this.touched=i.pointerType==="touch",this.before=this.selected}),n.addEventListener("focusin",i=>this.focus(i)),n.addEventListener("click",i=>this.click(i)),n.addEventListener("dblclick",i=>this.edit(i)),n.addEventListener("keydown",i=>this.key(i))}get spot(){return this.hovered??this.selected}hover(t){t.pointerType!=="touch"&&this.setHovered(this.drawing.spot(t.target))}setHovered(t){oe(t,this.hovered)||(this.hovered=t,this.changed())}focus(t){let e=this.drawing.spot(t.target);e&&this.select(e)}select(t){t&&this.drawing.stopAt(t),!oe(t,this.selected)&&(this.selected=t,this.hovered=null,this.changed())}forget(){this.hovered=this.selected=null}click(t){let e=this.drawing.spot(t.target);e?this.touched&&oe(e,this.before)&&!re(t)&&this.editing?.start(e):this.select(null)}edit(t){let e=this.drawing.spot(t.target);e&&!re(t)&&this.editing?.start(e)&&t.preventDefault()}key(t){let e=this.drawing.spot(t.target);if(!e||re(t)||t.ctrlKey||t.metaKey||t.altKey)return;let{key:n}=t,i=!0;n in bs?this.step(e,...bs[n]):n==="Home"||n==="End"?this.along(e,n==="End"):n==="Enter"||n==="F2"?i=this.editing?.start(e)??!1:/^[-\u2212\d.,+]$/.test(n)?i=this.editing?.start(e,n)??!1:n==="Backspace"||n==="Delete"?i=this.editing?.start(e,"")??!1:i=!1,i&&(t.preventDefault(),t.stopPropagation())}step({place:t,cell:e},n,i){let{matrices:r,scene:o}=this.drawing,a=r.get(t);if(!a)return;let[l,h]=[Math.floor(e/a.columns)+n,e%a.columns+i];if(l>=0&&l<a.rows&&h>=0&&h<a.columns){this.go({place:t,cell:l*a.columns+h});return}let c=[...r.values()].filter(({todo:x})=>!x).map(x=>x.place),u=r.get(o.layout.beside(t,n,i,c)??"");if(!u)return;let f=(x,O)=>Math.min(Math.max(x,0),O-1),m=a.rows-1-l,b=a.columns-1-h,d=i?f(u.rows-1-m,u.rows):n>0?0:u.rows-1,g=n?f(u.columns-1-b,u.columns):i>0?0:u.columns-1;this.go({place:u.place,cell:d*u.columns+g})}along({place:t,cell:e},n){let i=this.drawing.matrices.get(t)?.columns??1,r=Math.floor(e/i);this.go({place:t,cell:r*i+(n?i-1:0)})}leave({place:t,cell:e},n){let i=this.drawing.matrices.get(t);if(!i)return;let{rows:r,columns:o}=i,[a,l]=ui[n],[h,c]=[Math.floor(e/o),e%o],u=a?c*r+h+a:h*o+c+l,f=Math.min(Math.max(u,0),r*o-1);this.go({place:t,cell:a?f%r*o+Math.floor(f/r):f})}go(t){this.drawing.stopAt(t),this.drawing.cell(t)?.focus()}};function re({target:s}){return s instanceof Element&&s.closest(".editor")!==null}function oe(s,t){return s?.place===t?.place&&s?.cell===t?.cell}var ct=["auto","light","dark"],Ct=class{constructor(t,e){this.sheet=t,this.theme="auto",this.arithmetic=ws(t.arithmetics,e.arithmetic),this.language=ws(t.languages,e.language),this.language.element.classList.add("languages");for(let[n,i]of this.language.buttons)i.textContent=ts(n),i.lang=n;this.smaller=p("button",{type:"button",class:"button",onclick:()=>e.size(-1)},"−"),this.larger=p("button",{type:"button",class:"button",onclick:()=>e.size(1)},"+"),this.sizes=p("div",{class:"tools sizes",role:"group"},this.smaller,this.larger),this.themeButton=p("button",{type:"button",class:"button theme",onclick:()=>e.theme(ct[(ct.indexOf(this.theme)+1)%ct.length])}),this.resetWord=p("span",{class:"words-only"}),this.reset=p("button",{type:"button",class:"button reset",hidden:!0,onclick:e.reset},q("again"),this.resetWord),this.shareWord=p("span",{class:"words-only"}),this.shareIcon=p("span",{class:"share-icon"},q("link")),this.share=p("button",{type:"button",class:"button share",onclick:e.share},this.shareIcon,this.shareWord),this.group=p("div",{class:"tools",role:"group"},this.reset,this.arithmetic.element,this.language.element,this.sizes,this.share,this.themeButton),this.element=p("div",{class:"top",role:"region"},p("div",{class:"nav"},p("slot",{name:"nav"})),this.group),this.timer=0}update(t,e){this.theme=e,w(this.element,"aria-label",t.settings),w(this.group,"aria-label",t.settings),w(this.arithmetic.element,"aria-label",t.arithmetic),w(this.language.element,"aria-label",t.language),w(this.sizes,"aria-label",t.size);for(let[n,i]of this.arithmetic.buttons)C(i,t[n]??n),w(i,"aria-pressed",String(n===this.sheet.arithmetic));for(let[n,i]of this.language.buttons)w(i,"aria-pressed",String(n===this.sheet.language));et(this.smaller,t.smaller),et(this.larger,t.larger),this.themeButton.dataset.theme!==e&&(this.themeButton.dataset.theme=e,v(this.themeButton,[q(e)])),et(this.themeButton,t[e]),C(this.resetWord,t.reset),et(this.reset,t.reset),this.reset.hidden=this.sheet.edits.length===0,this.timer||this.unconfirm(t),this.arithmetic.element.hidden=this.sheet.arithmetics.length<2,this.language.element.hidden=this.sheet.languages.length<2}confirm(){let t=D(this.sheet.language).shared;clearTimeout(this.timer),v(this.shareIcon,[q("done")]),C(this.shareWord,t),et(this.share,t),this.share.classList.add("confirmed"),this.timer=window.setTimeout(()=>{this.timer=0,this.unconfirm(D(this.sheet.language))},2500)}unconfirm(t){v(this.shareIcon,[q("link")]),C(this.shareWord,t.share),et(this.share,t.shareLong),this.share.classList.remove("confirmed")}};function ws(s,t){let e=new Map;for(let n of s)e.set(n,p("button",{type:"button","data-value":n,onclick:()=>t(n)}));return{element:p("div",{class:"segments",role:"group"},...e.values()),buttons:e}}function et(s,t){w(s,"aria-label",t),w(s,"title",t)}var It=class{constructor(t,e){this.sheet=t,this.host=e,this.listening=new AbortController;let{signal:n}=this.listening;this.scene=new Ot(t),this.drawing=new xt(this.scene),this.flights=new gt(this.drawing),this.inspector=new Lt(this.scene),t.addEventListener("change",i=>this.changed(i),{signal:n}),t.addEventListener("edit",i=>this.edited(i),{signal:n}),this.transport=new At(t,e.isStill),this.transport.addEventListener("moment",()=>this.show()),this.transport.addEventListener("state",()=>this.footer.state(this.words)),this.footer=new St(t,this.transport),this.notices=new zt,this.toolbar=new Ct(t,{arithmetic:i=>t.go({arithmetic:i}),language:e.chooseLanguage,theme:e.setTheme,size:i=>this.fit.resize(i),reset:()=>this.reset(),share:()=>{this.share()}}),this.toolbar.share.hidden=e.address===null,this.pointing=new jt(this.drawing,()=>this.pointed()),this.editing=new yt(this.drawing,(i,r)=>this.pointing.leave(i,r)),this.pointing.editing=this.editing,this.hasPointed=!1,this.narration=new Tt(t,this.inspector,this.transport,{point:i=>this.pointFromText(i),visit:i=>this.visit(i),toLesson:i=>e.toLesson(i,t.language)}),this.area=p("div",{class:"sheet",role:"region"},this.drawing.element),this.fit=new vt(this.area,this.drawing.element,()=>this.drawing.size(),()=>this.resized()),this.status=p("div",{class:"unseen","aria-live":"polite"}),this.element=p("div",{class:"stage"},this.toolbar.element,this.notices.element,this.area,this.narration.element,this.footer.element,this.status),this.drawing.element.addEventListener("pointerover",i=>{let r=i.target instanceof Element?i.target.closest("[data-place]"):null;this.narration.light(this.scene.names.get(r?.getAttribute("data-place")??"")??null)}),this.drawing.element.addEventListener("pointerleave",()=>this.narration.light(null)),this.told={step:-1,moving:!1,place:void 0},this.translate(),this.show(),this.fit.watch()}get words(){return D(this.sheet.language)}translate(){let{words:t}=this;w(this.area,"aria-label",t.sheet),this.drawing.relabel(t),this.narration.update(t),this.toolbar.update(t,this.host.theme()),this.footer.update(t),this.notices.translate(t),this.editing.translate(),this.inspector.invalidate()}changed({detail:t}){("arithmetic"in t||"language"in t)&&this.flights.clear(),"arithmetic"in t&&this.drawing.retext(),"arithmetic"in t||"language"in t?(this.translate(),"arithmetic"in t&&this.fit.update()):(this.narration.update(this.words),this.footer.update(this.words)),"step"in t&&this.pointing.forget(),this.host.address?.update()}edited({detail:t}){this.flights.clear(),this.drawing.retext(!0),nt(()=>this.drawing.flash(t.changed)),this.narration.refresh(),this.inspector.invalidate(),this.toolbar.update(this.words,this.host.theme()),this.fit.update(!0),this.host.address?.update()}show(){let{transport:t,sheet:e,words:n,pointing:i}=this,r=this.scene.picture(t.plan,t.time,i.spot);this.drawing.apply(r,n),this.flights.apply(r.flights);let{focus:o,moving:a,looks:l,sources:h}=r,c=o?l.get(o.place)?.todo===!0:!1;this.inspector.show(o,n,{hint:!a&&!this.hasPointed,todo:c}),this.footer.moment();let{step:u}=e;(this.told.step!==u||this.told.moving!==a)&&this.footer.state(n);let f=i.spot&&!a?this.told.place:o?.place;(this.told.step!==u||this.told.place!==f)&&this.reveal(o?.place,h),this.told={step:u,moving:a,place:f}}reveal(t,e=[]){let n=l=>l.flatMap(h=>this.drawing.matrices.get(h)?.box??[]),{tracks:i}=this.transport.plan,r=t?[t]:i.map(l=>l.place),o=t?e.map(l=>l.place):i.flatMap(l=>l.sources),a=this.told.step>=0&&!this.host.isStill();nt(()=>this.fit.reveal(n(r),n([...r,...o]),a))}resized(){this.flights.clear(),this.told.step=-1,this.show()}pointed(){this.hasPointed=!0,this.show();let{spot:t,selected:e}=this.pointing;this.narration.light(t?this.scene.names.get(t.place)??null:null),(e&&this.drawing.cell(e))?.matches(":focus-visible")&&!this.transport.moving&&this.announce(this.inspector.spoken())}pointFromText(t){this.drawing.light(t?.name??null);let e=t&&this.spotOf(t);this.pointing.setHovered(e)}visit(t){let e=this.spotOf(t);e&&this.pointing.go(e);let n=[...this.drawing.matrices.values()].filter(({name:i})=>i===t.name);this.fit.reveal(n.slice(-1).map(({box:i})=>i),n.map(({box:i})=>i),!this.host.isStill())}spotOf({name:t,cell:e}){let n=this.drawing.matrices.get(t);return e!==null&&n&&!n.todo?{place:t,cell:e}:null}reset(){this.editing.close(),this.sheet.reset(),this.drawing.retext(),this.fit.update(),this.announce(this.words.resetDone),this.footer.play.focus()}async share(){let t=this.host.address?.href(!0);if(t)try{await navigator.clipboard.writeText(t),this.toolbar.confirm(),this.announce(this.words.shared)}catch{let e=p("input",{readonly:!0,value:t,"aria-label":t});this.notices.add("note",this.words,n=>[n.shareByHand,e]),e.select()}}complain(t){t.length&&this.notices.add("wrong",this.words,e=>{let n={"unknown-step":e.urlStep,"unknown-arithmetic":e.urlArithmetic,"unknown-language":e.urlLanguage},i=t.map(({code:r,details:{name:o,row:a,column:l,entry:h,value:c}})=>E(n[r]??e.urlCell,{key:`${o}.${a}.${l}`,value:c??h}));return[E(e.urlProblem,{what:i.join(e.semicolon)})]})}announce(t){this.status.textContent=t}release(){this.listening.abort(),this.transport.release(),this.fit.release(),this.host.address?.release()}};var xs=`/* The sheet: matrices on a grid, their cells, and what lights, dims or flies. */
.sheet {
  grid-area: sheet;
  position: relative;
  display: flex;
  overflow: auto;
  padding: 18px;
  touch-action: pan-x pan-y pinch-zoom;
}

.matrices {
  position: relative;
  flex: none;
  margin: auto;
  display: grid;
  gap: 0.85em 1.2em;
  justify-items: end;
  align-items: end;
  font-size: calc(14px * var(--scale, 1));
  line-height: 1.3;
}

[data-role] {
  --r: var(--plain);
  --t: var(--plain-ink);
}

[data-role="weight"] {
  --r: var(--weight);
  --t: var(--weight-ink);
}

[data-role="feature"] {
  --r: var(--feature);
  --t: var(--feature-ink);
}

[data-role="query"] {
  --r: var(--query);
  --t: var(--query-ink);
}

[data-role="key"] {
  --r: var(--key);
  --t: var(--key-ink);
}

[data-role="value"] {
  --r: var(--value);
  --t: var(--value-ink);
}

[data-role="score"] {
  --r: var(--score);
  --t: var(--score-ink);
}

[data-role="scaled"] {
  --r: var(--scaled);
  --t: var(--scaled-ink);
}

[data-role="softmax"] {
  --r: var(--softmax);
  --t: var(--softmax-ink);
}

[data-role="attention"] {
  --r: var(--attention);
  --t: var(--attention-ink);
}

[data-role="output"] {
  --r: var(--output);
  --t: var(--output-ink);
}

[data-role="gradient"] {
  --r: var(--gradient);
  --t: var(--gradient-ink);
}

.matrix {
  --head: 0em;
  --side: 0em;
  position: relative;
  min-width: var(--least, 0);
  transition: opacity 0.2s;
}

/* What flies here passes above the others. */
.matrix.coming {
  z-index: 3;
  pointer-events: none;
}

.matrix.hang {
  align-self: start;
}

.matrix table {
  margin-left: auto;
  border-collapse: separate;
  border-spacing: 0;
  table-layout: fixed;
  width: calc(var(--side) + var(--columns) * var(--cell));
  font-variant-numeric: tabular-nums;
}

.matrix caption {
  position: relative;
  height: 1.6em;
  text-align: start;
}

.matrix .label {
  position: absolute;
  left: var(--side);
  bottom: 0.15em;
  color: var(--t);
  font-weight: 600;
  white-space: nowrap;
}

/* A label that is wider than its numbers ends where they do, for they stand at the right. */
.matrix[data-narrow] .label {
  left: auto;
  right: 0;
}

.matrix .size {
  position: absolute;
  right: 0;
  bottom: 0.3em;
  color: var(--mute);
  font-size: 0.78em;
  white-space: nowrap;
}

/* The frame is drawn apart from the table, around its numbers and not around its headers. */
.matrix::after {
  content: "";
  position: absolute;
  inset: calc(1.6em + var(--head)) 0 0 auto;
  width: calc(var(--columns) * var(--cell));
  border: 1.5px solid color-mix(in srgb, var(--r) 75%, transparent);
  border-radius: 6px;
  pointer-events: none;
}

.matrix thead th,
.matrix tbody th {
  overflow: hidden;
  padding: 0 0.15em;
  color: var(--mute);
  font-size: 0.75em;
  font-weight: 400;
  text-overflow: ellipsis;
  white-space: nowrap;
}

.matrix thead th {
  height: calc(var(--head) / 0.75);
  padding-bottom: 0.35em;
  line-height: 1;
  vertical-align: bottom;
}

.matrix tbody th {
  width: calc(var(--side) / 0.75);
  padding-right: 0.5em;
  text-align: end;
}

.matrix td {
  position: relative;
  height: 2em;
  padding: 0;
  border: solid color-mix(in srgb, var(--r) 18%, transparent);
  border-width: 0 1px 1px 0;
  background: color-mix(in srgb, var(--r) 9%, var(--card));
  text-align: center;
  white-space: nowrap;
  cursor: default;
}

.matrix.coming td:not(.empty) {
  background: color-mix(in srgb, var(--r) 22%, var(--card));
  box-shadow: inset 0 0 0 1px color-mix(in srgb, var(--r) 45%, transparent);
}

.matrix td.old {
  color: var(--mute);
  font-style: italic;
}

.matrix td.corner {
  width: var(--side);
  height: 0;
  border: 0;
}

.matrix td:last-child {
  border-right-width: 0;
}

.matrix tr:last-child td {
  border-bottom-width: 0;
}

.matrix td.top-left {
  border-top-left-radius: 6px;
}

.matrix td.top-right {
  border-top-right-radius: 6px;
}

.matrix td.bottom-left {
  border-bottom-left-radius: 6px;
}

.matrix td.bottom-right {
  border-bottom-right-radius: 6px;
}

.matrix td:focus-visible {
  z-index: 2;
  outline-offset: -2px;
  border-radius: 4px;
}

.matrix.editable td {
  cursor: cell;
}

.matrix[data-role="weight"]::after {
  border-style: dashed;
}

.matrix[data-role="weight"] td,
.matrix[data-role="plain"] td {
  background: var(--card);
}

.matrix[data-role="gradient"]::after {
  border-width: 2.5px;
}

.matrix.copy::after {
  border-style: dotted;
}

/* A weight that a gradient has changed: a firm border, and the old number struck out above the new. */
.matrix.updated::after {
  border-style: solid;
  border-width: 2.5px;
}

.matrix.updated[data-role="weight"] {
  --r: var(--score);
  --t: var(--score-ink);
}

.matrix.updated td[data-was]:not(.empty) {
  padding-top: 0.85em;
  line-height: 1;
}

.matrix.updated td[data-was]:not(.empty)::after {
  content: attr(data-was);
  position: absolute;
  inset: 0.7em 0 auto 0;
  color: var(--mute);
  font-size: 0.6em;
  font-weight: 400;
  text-decoration: line-through;
}

.matrix.coming::after,
.matrix.todo::after {
  border-color: var(--line);
  border-style: dashed;
}

.matrix.todo .label {
  color: var(--mute);
}

.matrix td.empty,
.matrix td.corner {
  background: transparent;
}

.matrix.active::after,
.matrix.lit::after {
  border-color: var(--r);
  box-shadow: 0 0 0 3px color-mix(in srgb, var(--r) 30%, transparent);
}

.matrix.lit .label {
  text-decoration: underline;
  text-decoration-thickness: 2px;
  text-underline-offset: 3px;
}

.matrix.dim {
  opacity: 0.35;
}

.matrix td.source,
.matrix td.target {
  background: color-mix(in srgb, var(--r) 38%, var(--card));
  font-weight: 700;
}

.matrix td.target {
  box-shadow: inset 0 0 0 2px var(--r);
}

.matrix td.changed::before {
  content: "";
  position: absolute;
  right: 2px;
  top: 2px;
  width: 0.36em;
  height: 0.36em;
  border-radius: 50%;
  background: var(--t);
}

@keyframes flash-a {
  from {
    background-color: color-mix(in srgb, var(--r) 75%, var(--card));
  }
}

@keyframes flash-b {
  from {
    background-color: color-mix(in srgb, var(--r) 75%, var(--card));
  }
}

.matrix td.flash-a {
  animation: flash-a 0.9s ease-out;
}

.matrix td.flash-b {
  animation: flash-b 0.9s ease-out;
}

/* Editing in a cell */
.editor {
  position: absolute;
  z-index: 4;
  inset: 50% auto auto 50%;
  display: flex;
  gap: 4px;
  transform: translate(-50%, -50%);
}

.editor input {
  width: max(4.4em, calc(100% + 4px));
  height: 2em;
  padding: 0 0.3em;
  border: 2px solid var(--focus);
  border-radius: 5px;
  background: var(--card);
  text-align: center;
  outline-offset: 1px;
}

.editor input[aria-invalid="true"] {
  border-color: var(--wrong);
  outline-color: var(--wrong);
}

.editor .sign {
  display: none;
  min-width: 44px;
  border: 1px solid var(--edge);
  border-radius: 6px;
  background: var(--card);
}

.editor .error {
  position: absolute;
  z-index: 5;
  top: calc(100% + 5px);
  left: 0;
  width: max-content;
  max-width: 15em;
  padding: 5px 9px;
  border: 1px solid var(--wrong);
  border-radius: 6px;
  background: var(--wrong-bg);
  color: var(--wrong);
  font-size: 13px;
  font-weight: 600;
  line-height: 1.35;
  text-align: start;
  white-space: normal;
}

.editor .error:empty {
  display: none;
}

.editor.leftwards .error {
  left: auto;
  right: 0;
}

.editor.upwards .error {
  top: auto;
  bottom: calc(100% + 5px);
}

@media (pointer: coarse) {
  .editor input {
    height: 44px;
    width: 5em;
    font-size: max(16px, 1em);
  }

  .editor .sign {
    display: block;
  }
}

@media (prefers-reduced-motion: reduce) {
  .matrix {
    transition: none;
  }
}
`;var ys=`/* The frame of the stage: header, sheet, narration, footer; wide and on a phone. */
:host {
  display: block;
  height: 100dvh;
  container: stage / inline-size;
  background: var(--bg);
  color: var(--ink);
  font: 16px/1.5 var(--font);
  text-align: start;
}

:host([hidden]) {
  display: none;
}

[hidden] {
  display: none !important;
}

*,
::before,
::after {
  box-sizing: border-box;
}

.stage {
  height: 100%;
  display: grid;
  grid-template: "top top" auto "notices notices" auto "sheet text" minmax(0, 1fr) "bottom bottom" auto /
    minmax(0, 1fr) clamp(300px, 25cqi, 420px);
}

.unseen {
  position: absolute;
  width: 1px;
  height: 1px;
  margin: -1px;
  overflow: hidden;
  clip-path: inset(50%);
  white-space: nowrap;
}

:focus-visible {
  outline: 2.5px solid var(--focus);
  outline-offset: 2px;
}

button,
select,
input {
  font: inherit;
  color: inherit;
}

sup,
sub {
  font-size: 0.7em;
  line-height: 0;
}

/* Buttons and switches */
.button,
.segments {
  border: 1px solid var(--line);
  border-radius: 8px;
  background: var(--card);
  font-size: 14px;
  line-height: 1.4;
}

.button {
  display: inline-flex;
  align-items: center;
  justify-content: center;
  gap: 6px;
  min-width: 34px;
  min-height: 32px;
  padding: 4px 9px;
  cursor: pointer;
  white-space: nowrap;
}

.button:hover,
.segments button:hover:not([aria-pressed="true"]) {
  background: color-mix(in srgb, var(--ink) 7%, var(--card));
}

.button:disabled {
  cursor: default;
  background: transparent;
  color: color-mix(in srgb, var(--mute) 60%, transparent);
}

.button.main {
  background: var(--ink);
  border-color: var(--ink);
  color: var(--bg);
}

.button.main:hover {
  background: color-mix(in srgb, var(--ink) 86%, var(--bg));
}

.segments {
  display: inline-flex;
  padding: 2px;
}

.segments button {
  border: 0;
  border-radius: 6px;
  background: none;
  min-height: 26px;
  padding: 2px 9px;
  color: var(--mute);
  cursor: pointer;
  white-space: nowrap;
}

.segments button[aria-pressed="true"] {
  background: var(--ink);
  color: var(--bg);
}

.icon {
  width: 1em;
  height: 1em;
  flex: none;
  fill: none;
  stroke: currentColor;
  stroke-width: 1.7;
  stroke-linecap: round;
  stroke-linejoin: round;
}

.play-icon,
.share-icon {
  display: contents;
}

.icon .solid {
  fill: currentColor;
}

/* Header */
.top {
  grid-area: top;
  display: flex;
  align-items: center;
  gap: 16px;
  padding: 8px 20px;
  min-height: 52px;
  border-bottom: 1px solid var(--line);
}

.nav {
  flex: 1;
  min-width: 0;
  padding: 6px 3px;
  overflow-x: auto;
  scrollbar-width: none;
  white-space: nowrap;
}

::slotted(a) {
  margin-right: 20px;
  border-radius: 4px;
  color: var(--mute);
  text-decoration: none;
}

::slotted(a.brand) {
  color: var(--ink);
  font-weight: 700;
}

::slotted(a:hover),
::slotted(a[aria-current]) {
  color: var(--ink);
}

::slotted(a[aria-current]) {
  font-weight: 600;
}

::slotted(a:focus-visible) {
  outline: 2.5px solid var(--focus);
  outline-offset: 2px;
}

.tools {
  display: flex;
  align-items: center;
  gap: 8px;
}

/* Notices */
.notices {
  grid-area: notices;
  max-height: 40vh;
  overflow: auto;
}

.notice {
  display: flex;
  align-items: flex-start;
  gap: 12px;
  padding: 8px 20px;
  font-size: 14px;
  background: var(--note-bg);
  border-bottom: 1px solid var(--line);
}

.notice p {
  flex: 1;
  margin: 4px 0;
  overflow-wrap: anywhere;
}

.notice input {
  width: 100%;
  margin-top: 4px;
  padding: 4px 8px;
  border: 1px solid var(--edge);
  border-radius: 6px;
  background: var(--card);
}

.notice.wrong {
  background: var(--wrong-bg);
}

.broken {
  max-width: 34em;
  margin: 12vh auto 0;
  padding: 0 24px;
}

/* Narration */
.text,
.spoken {
  touch-action: pan-y pinch-zoom;
}

.text {
  grid-area: text;
  display: flex;
  flex-direction: column;
  min-height: 0;
  padding: 26px 24px;
  border-left: 1px solid var(--line);
  background: var(--card);
  overflow-wrap: break-word;
}

/* The text scrolls, the calculation below it stays in view. */
.spoken {
  flex: 0 1 auto;
  min-height: 0;
  margin: -4px -8px 0;
  padding: 4px 8px 0;
  overflow: auto;
  /* a shadow at the bottom while there is more text below */
  background:
    linear-gradient(transparent, var(--card) 60%) bottom / 100% 32px no-repeat local,
    linear-gradient(transparent, color-mix(in srgb, var(--ink) 16%, transparent)) bottom / 100% 10px
      no-repeat;
}

.kicker {
  margin: 0;
  color: var(--mute);
  font-size: 13px;
}

.kicker h1 {
  display: inline;
  margin: 0;
  font: inherit;
}

.text h2 {
  margin: 0.15em 0 0.55em;
  font-size: 24px;
  line-height: 1.2;
  text-wrap: balance;
}

.text h3 {
  margin: 1em 0 0.3em;
  font-size: 16px;
}

.text p,
.text ul,
.text ol {
  margin: 0 0 0.75em;
}

.text ul,
.text ol {
  padding-left: 1.3em;
}

.text blockquote {
  margin: 0 0 0.9em;
  padding: 10px 14px;
  border-left: 4px solid var(--scaled);
  border-radius: 4px 8px 8px 4px;
  background: var(--note-bg);
  font-size: 15px;
}

.text blockquote > :last-child {
  margin-bottom: 0;
}

.text a {
  color: var(--output-ink);
}

.text code {
  font-size: 0.9em;
}

.words table {
  width: 100%;
  margin: 0 0 0.9em;
  border-collapse: collapse;
  font-size: 14px;
}

.words th,
.words td {
  padding: 3px 6px;
  border-bottom: 1px solid var(--line);
  text-align: start;
}

.ref {
  display: inline;
  margin: 0;
  padding: 0 1px;
  border: 0;
  border-radius: 4px;
  background: none;
  color: var(--t);
  font-weight: 700;
  cursor: pointer;
}

.ref:hover,
.ref.lit {
  background: color-mix(in srgb, var(--r) 20%, transparent);
}

/* The calculation of the cell in focus */
.calc {
  flex: none;
  min-height: 104px;
  margin: 8px 0 12px;
  padding: 12px 14px;
  border: 1px solid var(--line);
  border-radius: 10px;
  background: var(--bg);
}

.picture {
  margin: 0 -12px 8px;
}

.calc:has(.kicker:empty):has(.hint:empty) {
  visibility: hidden;
}

.calc .equation {
  max-height: 9.2em;
  margin: 3px 0 5px;
  overflow: auto;
  font-size: 20px;
  line-height: 1.45;
  font-variant-numeric: tabular-nums;
}

.calc .equation.long {
  font-size: 16px;
}

.calc .term,
.calc .result {
  white-space: nowrap;
}

.calc .later {
  visibility: hidden;
}

.calc em,
.kicker em,
.how em {
  font-style: normal;
  font-weight: 700;
  color: var(--t);
}

.how,
.hint,
.shapes {
  margin: 0;
  color: var(--mute);
  font-size: 13px;
}

/* Footer */
.bottom {
  grid-area: bottom;
  display: flex;
  align-items: center;
  gap: 12px;
  padding: 10px 20px;
  border-top: 1px solid var(--line);
}

.play {
  min-width: 92px;
}

.ticks {
  flex: 1;
  min-width: 0;
  display: flex;
  gap: 4px;
  margin: 0 8px;
  border-radius: 4px;
  cursor: pointer;
  touch-action: none;
  user-select: none;
}

.tick {
  flex: 1 1 0;
  min-width: 0;
  padding-top: 4px;
  color: var(--mute);
  font-size: 12px;
  text-align: center;
}

.tick .bar {
  display: block;
  height: 4px;
  margin-bottom: 4px;
  border-radius: 2px;
  background: var(--line);
  overflow: hidden;
}

.tick .bar i {
  display: block;
  height: 100%;
  background: var(--score);
  transform: scaleX(0);
  transform-origin: left;
}

.tick .name {
  display: block;
  overflow: hidden;
  text-overflow: ellipsis;
  white-space: nowrap;
}

.tick.done .bar i {
  opacity: 0.55;
  transform: none;
}

.tick[data-current] {
  color: var(--ink);
  font-weight: 600;
}

.speed {
  appearance: none;
  padding: 3px 6px;
  text-align: center;
  text-align-last: center;
}

@container stage (max-width: 1180px) {
  .tick:not([data-current]) .name {
    display: none;
  }

  .tick[data-current] .name {
    overflow: visible;
  }
}

@container stage (max-width: 800px) {
  .stage {
    grid-template: "top" auto "notices" auto "sheet" minmax(0, 1fr) "text" minmax(0, 46%) "bottom" auto /
      minmax(0, 1fr);
  }

  .top {
    gap: 8px;
    padding: 4px 10px;
  }

  .tools {
    gap: 6px;
  }

  .button {
    min-width: 44px;
    min-height: 44px;
  }

  .segments button {
    min-height: 40px;
    min-width: 40px;
    padding: 2px 8px;
  }

  .sizes,
  .button .words-only,
  .first {
    display: none;
  }

  .languages button[aria-pressed="true"] {
    display: none;
  }

  .text {
    overflow: auto;
    padding: 12px 16px;
    border-left: 0;
    border-top: 1px solid var(--line);
  }

  .text h2 {
    font-size: 20px;
  }

  .spoken {
    display: contents;
    overflow: visible;
  }

  .spoken .head {
    order: 1;
  }

  .calc {
    order: 2;
    position: sticky;
    top: -4px;
    min-height: 82px;
    margin: 0 0 10px;
    padding: 8px 12px;
  }

  .calc .equation {
    font-size: 18px;
  }

  .calc:has(.kicker:not(:empty)) .hint {
    display: none;
  }

  .spoken .picture {
    order: 3;
  }

  .spoken .words {
    order: 4;
  }

  .shapes {
    order: 5;
  }

  ::slotted(a.brand) {
    display: none;
  }

  .bottom {
    gap: 6px;
    padding: 6px 10px max(6px, env(safe-area-inset-bottom));
  }

  .play {
    min-width: 84px;
  }

  .ticks {
    align-items: stretch;
    gap: 2px;
    margin: 0 4px;
    min-height: 44px;
  }

  .tick {
    padding-top: 14px;
  }

  .tick .name,
  .tick[data-current] .name {
    display: none;
  }

  .tick .bar {
    height: 8px;
  }

  .speed {
    padding: 3px 2px;
  }
}
`;var vs=`/* Colours and sizes that the stage and the home page share; -ink is a role's colour as text. */
:root,
:host {
  color-scheme: light dark;
  --bg: light-dark(#fbfaf7, #15171c);
  --card: light-dark(#ffffff, #1d2027);
  --ink: light-dark(#22252b, #e9eaee);
  --mute: light-dark(#656a74, #9aa0ad);
  --line: light-dark(#d9d6ce, #343842);
  --edge: light-dark(#8d8a83, #6d7381);
  --focus: light-dark(#1f6feb, #8ab8ff);
  --wrong: light-dark(#b3261e, #ff8a80);
  --wrong-bg: light-dark(#fdeceb, #3a1f22);
  --note-bg: light-dark(#fff6dc, #2f2a1a);

  --plain: light-dark(#8a8f99, #9aa1ae);
  --plain-ink: light-dark(#5f6570, #a7aebb);
  --weight: light-dark(#8a8f99, #9aa1ae);
  --weight-ink: light-dark(#5f6570, #a7aebb);
  --feature: light-dark(#f28c28, #ffab5c);
  --feature-ink: light-dark(#a85400, #ffab5c);
  --query: light-dark(#c2418c, #ff7cc0);
  --query-ink: light-dark(#b5337f, #ff7cc0);
  --key: light-dark(#2f7fd1, #6db3ff);
  --key-ink: light-dark(#1f6bb8, #6db3ff);
  --value: light-dark(#2a9d74, #5fd3a8);
  --value-ink: light-dark(#187a57, #5fd3a8);
  --score: light-dark(#7a52c7, #b195ff);
  --score-ink: light-dark(#7a52c7, #b195ff);
  --scaled: light-dark(#c79a00, #f0c63c);
  --scaled-ink: light-dark(#806000, #f0c63c);
  --softmax: light-dark(#5a9e2f, #97d76a);
  --softmax-ink: light-dark(#3f751c, #97d76a);
  --attention: light-dark(#c79a00, #f0c63c);
  --attention-ink: light-dark(#806000, #f0c63c);
  --output: light-dark(#1f6feb, #7fb2ff);
  --output-ink: light-dark(#1a62d6, #7fb2ff);
  --gradient: light-dark(#c8372d, #ff8a80);
  --gradient-ink: light-dark(#b3261e, #ff8a80);

  --font: ui-sans-serif, system-ui, "Noto Sans", "Noto Sans SC", "PingFang SC", "Microsoft YaHei",
    sans-serif;
}

:root[data-theme="light"],
:host([theme="light"]) {
  color-scheme: light;
}

:root[data-theme="dark"],
:host([theme="dark"]) {
  color-scheme: dark;
}
`;var ks=null;function mi(){return ks??=[vs,ys,xs].map(s=>{let t=new CSSStyleSheet;return t.replaceSync(s),t}),ks}var ae=class extends HTMLElement{static observedAttributes=["theme","lang","url"];#n=this.attachShadow({mode:"open"});#i=null;#e=null;#s=null;#t=null;#r="";#l=matchMedia("(prefers-reduced-motion: reduce)");constructor(){super(),this.#n.adoptedStyleSheets=mi()}get sheet(){return this.#e}set sheet(t){this.#i=t,this.#e=null,this.isConnected&&this.#h()}connectedCallback(){if(Object.hasOwn(this,"sheet")){let{sheet:n}=this;delete this.sheet,this.#i=n}this.#t=new AbortController;let{signal:t}=this.#t,e=_t.recall();Ms(e)&&this.setAttribute("theme",e),this.addEventListener("keydown",n=>this.#u(n),{signal:t}),document.addEventListener("keydown",n=>this.#w(n),{signal:t}),window.addEventListener("hashchange",()=>this.#g(),{signal:t}),this.#i!==null&&this.#h()}disconnectedCallback(){this.#t?.abort(),this.#o()}attributeChangedCallback(t,e,n){!this.#s||!this.#e||(t==="lang"&&n?this.#e.go({language:this.#c(n)??void 0}):t==="theme"?this.#s.toolbar.update(this.#s.words,this.theme):t==="url"&&this.#h())}get theme(){let t=this.getAttribute("theme");return Ms(t)?t:"auto"}seek(t,e=1){this.#s?.transport.seek(t,e)}#o(){this.#s?.release(),this.#s=null}#h(){this.#o();try{this.#e??=this.#i instanceof G?this.#i:new G(this.#i),this.#d(this.#e)}catch(t){this.#o(),this.#e=null,this.#b(t)}}#d(t){let e=this.getAttribute("url"),n=e==="search"||e==="hash"?new st(t,e):null,i=n?.read(),o=[pt.recall(),this.getAttribute("lang"),...navigator.languages].map(h=>h&&this.#c(h)).find(Boolean);t.go({language:o??void 0,...i?.state}),i?.edits.length&&t.editAll(i.edits),this.lang=t.language,this.#r=Es(t);let a=new It(t,{isStill:()=>this.#l.matches,theme:()=>this.theme,setTheme:h=>this.#m(h),chooseLanguage:h=>{pt.keep(h),t.go({language:h})},toLesson:(h,c)=>this.#p(h,c),address:n});this.#s=a;let{signal:l}=a.listening;t.addEventListener("change",h=>this.#f(h),{signal:l}),t.addEventListener("edit",()=>this.#a("edit",{edits:t.edits}),{signal:l}),v(this.#n,[a.element]),a.fit.measure(),i&&a.complain(i.problems)}#f({detail:t}){let e=this.#e;"step"in t&&this.#a("step",{step:e.step,id:e.steps[e.step].id}),"arithmetic"in t&&(this.#a("arithmetic",{arithmetic:e.arithmetic}),Es(e)!==this.#r&&this.#h()),"language"in t&&(this.lang=e.language,this.#a("language",{language:e.language}))}#p(t,e){let n=this.getAttribute("lesson-href")??"{id}",i=new URL(n.replaceAll("{id}",t),document.baseURI);return i.searchParams.set("lang",e),i.href}#m(t){_t.keep(t),this.setAttribute("theme",t),this.#a("theme",{theme:t})}#g(){let t=this.#e;if(!t||!this.#s||this.getAttribute("url")!=="hash")return;let e=new st(t,"hash").read();t.go(e.state),JSON.stringify(e.edits)!==JSON.stringify(t.edits)&&(t.reset(),e.edits.length&&t.editAll(e.edits)),this.#s.complain(e.problems)}#b(t){!(t instanceof y)&&!(t instanceof M)&&console.warn(t);let e=t instanceof y?t.code:"unknown",n=[pt.recall(),this.getAttribute("lang"),...navigator.languages].find(Boolean),i=D(n??"en");v(this.#n,[p("div",{class:"stage"},p("div",{class:"top"},p("div",{class:"nav"},p("slot",{name:"nav"}))),p("div",{class:"broken",role:"alert"},p("h2",{},i.brokenTitle),p("p",{},E(i.broken,{code:e}))))])}#c(t){let e=this.#e?.languages??[];return[t,t.split("-")[0]].find(n=>e.includes(n))??null}#u(t){this.#s&&be(t,this.#s.transport)}#w(t){let e=document.activeElement===document.body||document.activeElement===null;this.getAttribute("keys")==="page"&&e&&t.target===document.body&&this.#u(t)}#a(t,e){this.dispatchEvent(new CustomEvent(t,{detail:e,bubbles:!0,composed:!0}))}};function Ms(s){return ct.includes(s)}function Es(s){return JSON.stringify(s.places.map(({name:t})=>R(s.value(t))))}customElements.get("explainer-lesson")||customElements.define("explainer-lesson",ae);var gi=120;function aa({model:s}){let t=document.createElement("explainer-lesson");t.setAttribute("keys","page"),s.theme!=="auto"&&t.setAttribute("theme",s.theme),s.language&&t.setAttribute("lang",s.language),s.url&&t.setAttribute("url",s.url),s.lesson_href&&t.setAttribute("lesson-href",s.lesson_href);let e=0,n=u=>{clearTimeout(e),e=window.setTimeout(()=>xi(u,s),gi)},i=()=>t.sheet&&As(t.sheet,s.edits),r=()=>{if(!s.sheet||!Object.keys(s.sheet).length)return;let u=bi(s.sheet);u instanceof G&&(wi(u,s),As(u,s.edits),u.addEventListener("change",()=>n(u)),u.addEventListener("edit",()=>n(u))),t.sheet=u},o=p("div",{slot:"picture"}),a=()=>o.replaceChildren(...s.picture?[s.get_child("picture")]:[]),l=()=>t.replaceChildren(...(s.links??[]).map(({label:u,href:f,brand:m})=>p("a",{slot:"nav",href:f,class:m?"brand":null},u)),o),h=matchMedia("(prefers-color-scheme: dark)"),c=()=>{let u=t.theme==="dark"||t.theme==="auto"&&h.matches;s.dark!==u&&(s.dark=u)};return r(),a(),l(),t.addEventListener("theme",()=>{s.theme=t.theme,c()}),h.addEventListener("change",c),s.on("remove",()=>h.removeEventListener("change",c)),s.on("after_render",c),s.on("picture",a),s.on("sheet",r),s.on("step",()=>t.sheet?.go({step:s.step||void 0})),s.on("arithmetic",()=>t.sheet?.go({arithmetic:s.arithmetic})),s.on("language",()=>t.sheet?.go({language:s.language})),s.on("edits",i),s.on("links",l),s.on("theme",()=>t.setAttribute("theme",s.theme)),t}function bi(s){try{return new G(s)}catch(t){if(t instanceof y)return s;throw t}}function wi(s,{step:t,arithmetic:e,language:n}){s.go({step:t||void 0,arithmetic:e,language:n})}function As(s,t){if(!Ss(t,s.edits)){s.reset();try{t.length&&s.editAll(t)}catch(e){if(!(e instanceof M))throw e;console.warn(`edits are ignored: ${e.message}`)}}}function xi(s,t){let e=s.steps[s.step].id;(t.step||s.steps[0].id)!==e&&(t.step=e),t.arithmetic!==s.arithmetic&&(t.arithmetic=s.arithmetic),t.language!==s.language&&(t.language=s.language),Ss(t.edits,s.edits)||(t.edits=s.edits)}function Ss(s,t){let e=({name:n,cell:i,value:r})=>`${n} ${i} ${r}`;return s.map(e).sort().join()===t.map(e).sort().join()}export{aa as render};
